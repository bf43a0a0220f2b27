using RnnTrain.Configuration;
using RnnTrain.Data;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>What every task is made from besides its options.</summary>
public sealed record TaskArguments(ExperimentConfig Config, TextCorpus Corpus, Device Device);

/// <summary>Every task, by its `type`.</summary>
public static class TaskTable
{
    public static Registry<TaskOptions, TaskArguments, ITask> Tasks { get; } = new("tasks")
    {
        { "language_modeling", (LanguageModelingOptions _, TaskArguments arguments) => new LanguageModelingTask(arguments) },
    };
}
