using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Formats;
using RnnTrain.Data.Problems;
using RnnTrain.Models.Attentions;
using RnnTrain.Tasks;

namespace RnnTrain.Tests.Training;

/// <summary>Small synthetic examples, of different lengths, for each task that learns from separate ones.</summary>
internal static class TinyExamples
{
    private static readonly IReadOnlyDictionary<string, ProblemOptions> Problems = new Dictionary<string, ProblemOptions>
    {
        ["sequence_classification"] = new DelayedRecallOptions { Length = new LengthRange(1, 5), Alphabet = 3, Distractors = 2 },
        ["sequence_labeling"] = new DyckOptions { Length = new LengthRange(2, 7) },
        ["sequence_to_sequence"] = new ReversalOptions { Length = new LengthRange(1, 4), Alphabet = 3 },
        ["sequence_regression"] = new AddingOptions { Length = new LengthRange(2, 6) },
    };

    /// <summary>Every task of the table but language modelling; who adds one says here what it learns.</summary>
    public static TheoryData<string> Tasks => [.. TaskTable.Tasks.Entries.Select(entry => entry.Name).Where(name => name != "language_modeling")];

    /// <summary>The same experiment with this task on examples that suit it.</summary>
    public static ExperimentConfig Change(ExperimentConfig config, string task, ProblemOptions? problem = null)
    {
        problem ??= Problems[task];
        return config with
        {
            Task = (TaskOptions)Activator.CreateInstance(TaskTable.Tasks.Entries.Single(entry => entry.Name == task).OptionsType)!,
            Data = new DataOptions
            {
                Format = new SyntheticOptions { Problem = problem, TrainExamples = 60, ValidationExamples = 17, TestExamples = 9 },
                Batching = new ExampleOptions { BatchSize = 8 },
            },
            Model = config.Model with
            {
                EmbeddingSize = problem.GivesTokens ? 6 : null,
                Decoder = problem.Targets == TargetKind.Sequence ? new DecoderOptions { Attention = new GeneralAttentionOptions() } : null,
            },
        };
    }
}
