using RnnTrain.Configuration;
using Parameters = System.Collections.Generic.IReadOnlyList<RnnTrain.Cells.NamedParameter>;

namespace RnnTrain.Training.Optimizers;

/// <summary>Every optimizer, by its `type`.</summary>
public static class OptimizerTable
{
    public static Registry<OptimizerOptions, Parameters, Optimizer> Optimizers { get; } = new("optimizers")
    {
        { "sgd", (SgdOptions o, Parameters p) => new Sgd(o, p) },
        { "asgd", (AsgdOptions o, Parameters p) => new Sgd(new SgdOptions { LearningRate = o.LearningRate, WeightDecay = o.WeightDecay }, p) },
        { "adam", (AdamOptions o, Parameters p) => new MomentOptimizer(o, new Adam(o, penalty: o.WeightDecay), p) },
        { "adamw", (AdamWOptions o, Parameters p) => new MomentOptimizer(o, new Adam(o, shrinking: o.WeightDecay), p) },
        { "nadam", (NadamOptions o, Parameters p) => new MomentOptimizer(o, new Nadam(o, Optimizer.DeviceOf(p)), p) },
        { "radam", (RadamOptions o, Parameters p) => new MomentOptimizer(o, new Radam(o), p) },
        { "rmsprop", (RmsPropOptions o, Parameters p) => new RmsProp(o, p) },
        { "adagrad", (AdagradOptions o, Parameters p) => new Adagrad(o, p) },
        { "adadelta", (AdadeltaOptions o, Parameters p) => new Adadelta(o, p) },
    };
}
