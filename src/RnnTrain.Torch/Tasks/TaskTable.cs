using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Examples;
using RnnTrain.NGrams;
using RnnTrain.Tasks.ClassWeighting;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>What every task is made from besides its options.</summary>
/// <param name="Config">The whole experiment.</param>
/// <param name="Data">Its data.</param>
/// <param name="Device">Where tensors live.</param>
public sealed record TaskArguments(ExperimentConfig Config, IExperimentData Data, Device Device);

/// <summary>Every task, by its `type`.</summary>
public static class TaskTable
{
    public static Registry<TaskOptions, TaskArguments, IScoredTask> Tasks { get; } = new("tasks")
    {
        { "language_modeling", (LanguageModelingOptions _, TaskArguments arguments) => OfLanguage(arguments) },
        { "sequence_classification", (SequenceClassificationOptions o, TaskArguments a) => OfClasses(o, a) },
        { "sequence_labeling", (SequenceLabelingOptions _, TaskArguments a) => new ExampleTask(a, new LabelObjective(a)) },
        { "sequence_to_sequence", (SequenceToSequenceOptions _, TaskArguments arguments) => new SequenceToSequenceTask(arguments) },
        { "sequence_regression", (SequenceRegressionOptions _, TaskArguments a) => new ExampleTask(a, new ValueObjective(a.Device)) },
    };

    private static ExampleTask OfClasses(SequenceClassificationOptions options, TaskArguments arguments)
    {
        var (data, training) = ((ExampleData)arguments.Data, arguments.Config.Training);
        var weights = options.ClassWeights is { } asked ? ClassWeightTable.ClassWeights.Create(asked, default).Of(TrainingClasses.Of(data)) : null;
        var labels = TrainingClasses.LabelsOf(data);
        return new ExampleTask(arguments, data.Shape.Targets == TargetKind.ClassSetAtEnd
            ? new ClassSetObjective(training, labels, weights, options.TellFrom, arguments.Device)
            : new ClassificationObjective(training, labels, weights, arguments.Device));
    }

    private static IScoredTask OfLanguage(TaskArguments arguments) =>
        arguments.Config.Model.Cell is MarkovOptions ? new NGramTask(arguments) : new LanguageModelingTask(arguments);
}
