using RnnTrain.Cells;
using RnnTrain.Configuration;

namespace RnnTrain.Training.Optimizers;

/// <summary>Every optimizer, by its `type`.</summary>
public static class OptimizerTable
{
    public static Registry<OptimizerOptions, IReadOnlyList<NamedParameter>, Optimizer> Optimizers { get; } = new("optimizers")
    {
        { "sgd", (SgdOptions options, IReadOnlyList<NamedParameter> parameters) => new Sgd(options, parameters) },
        { "adam", (AdamOptions options, IReadOnlyList<NamedParameter> parameters) => new Adam(options, decoupled: false, parameters) },
        { "adamw", (AdamWOptions options, IReadOnlyList<NamedParameter> parameters) => new Adam(options, decoupled: true, parameters) },
    };
}
