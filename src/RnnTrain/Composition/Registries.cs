using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Formats;
using RnnTrain.Data.Problems;
using RnnTrain.Models.Attentions;
using RnnTrain.Models.Characters;
using RnnTrain.Models.Initializations;
using RnnTrain.Models.Outputs;
using RnnTrain.Models.Pooling;
using RnnTrain.Schedules;
using RnnTrain.Tasks;
using RnnTrain.Tasks.ClassWeighting;
using RnnTrain.Training.Averaging;
using RnnTrain.Training.NonFinite;
using RnnTrain.Training.Optimizers;

namespace RnnTrain.Composition;

/// <summary>Every registry there is: the loader's errors, `rnn list`, docs/CONFIGURATION.md and the contract tests read them.</summary>
public static class Registries
{
    public static IReadOnlyList<IRegistry> All { get; } =
    [
        TaskTable.Tasks,
        ClassWeightTable.ClassWeights,
        FormatTable.Formats,
        ProblemTable.Problems,
        TokenTable.Tokens,
        BatchingTable.Batching,
        CellTable.Cells,
        AttentionTable.Attentions,
        CharacterTable.Encoders,
        OutputTable.Outputs,
        PoolingTable.Poolings,
        InitializationTable.Initializations,
        OptimizerTable.Optimizers,
        ScheduleTable.Schedules,
        AverageTable.Averages,
        NonFiniteTable.Policies,
    ];
}
