using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Models;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>What every task is made from besides its options.</summary>
/// <param name="Config">The whole experiment.</param>
/// <param name="Corpus">Its data.</param>
/// <param name="Device">Where tensors live.</param>
/// <param name="Model">A network that was trained before; null to make one with fresh weights.</param>
public sealed record TaskArguments(ExperimentConfig Config, TextCorpus Corpus, Device Device, LanguageModel? Model = null);

/// <summary>Every task, by its `type`.</summary>
public static class TaskTable
{
    public static Registry<TaskOptions, TaskArguments, ITask> Tasks { get; } = new("tasks")
    {
        { "language_modeling", (LanguageModelingOptions _, TaskArguments arguments) => new LanguageModelingTask(arguments) },
    };
}
