using RnnTrain.Configuration;
using RnnTrain.Schedules;
using RnnTrain.Training.Averaging;
using RnnTrain.Training.NonFinite;
using RnnTrain.Training.Optimizers;

namespace RnnTrain.Tests.Training;

/// <summary>Ways to train that a resumed run must go on with as if it had never stopped.</summary>
internal static class EveryTraining
{
    public static IReadOnlyDictionary<string, Func<TrainingOptions, TrainingOptions>> Variants { get; } = new Dictionary<string, Func<TrainingOptions, TrainingOptions>>
    {
        ["constant"] = options => options with { Schedule = new ConstantOptions() },
        ["step"] = options => options with { Schedule = new StepOptions { Epochs = 1, Factor = 0.5 } },
        ["decay_after"] = options => options with { Schedule = new DecayAfterOptions { Epoch = 1, Factor = 0.5 } },
        ["exponential"] = options => options with { Schedule = new ExponentialOptions { Factor = 0.7 } },
        ["linear"] = options => options with { Schedule = new LinearOptions { WarmupSteps = 5 } },
        ["cosine"] = options => options with { Schedule = new CosineOptions { WarmupSteps = 5 } },
        ["one_cycle"] = options => options with { Schedule = new OneCycleOptions() },
        ["inverse_square_root"] = options => options with { Schedule = new InverseSquareRootOptions { WarmupSteps = 7 } },
        ["plateau"] = options => options with { Schedule = new PlateauOptions { Patience = 1 } },
        ["accumulate"] = options => options with { Accumulate = 2 },
        ["clip_value"] = options => options with { ClipValue = 0.01 },
        ["exponential average"] = options => options with { Average = new ExponentialAverageOptions { Decay = 0.9 } },
        ["polyak average"] = options => options with { Average = new PolyakAverageOptions { AfterSteps = 8 } },
        ["asgd"] = options => options with { Optimizer = new AsgdOptions { LearningRate = 0.5, AverageAfter = 8 } },
        ["asgd with its trigger"] = options => options with { Optimizer = new AsgdOptions { LearningRate = 8, Patience = 1 }, ClipNorm = null },
        ["skip"] = options => options with { OnNonFinite = new SkipOptions() },
        ["everything"] = options => options with
        {
            Optimizer = new NadamOptions { LearningRate = 0.01 },
            Schedule = new OneCycleOptions(),
            Accumulate = 4,
            ClipValue = 0.02,
            Average = new ExponentialAverageOptions { Decay = 0.95 },
            OnNonFinite = new SkipOptions { Limit = 2 },
        },
    };
}
