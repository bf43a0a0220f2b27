using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Layers;

namespace RnnTrain.Tasks;

/// <summary>What tasks refuse in the rest of a configuration, by the kind of targets they learn.</summary>
internal static class ExampleRules
{
    /// <summary>Data of another kind, each with the task that learns it.</summary>
    /// <param name="config">The experiment.</param>
    /// <param name="wanted">What the task learns; null for running text.</param>
    public static ConfigMistake? OtherData(ExperimentConfig config, TargetKind? wanted)
    {
        var targets = config.Data.Format.Targets;
        if (targets == wanted) return null;
        var (gives, task) = targets switch
        {
            null => ("running text", "language_modeling"),
            TargetKind.ClassAtEnd => ("one class at the end of each example", "sequence_classification"),
            TargetKind.ClassSetAtEnd => ("any number of classes at the end of each example", "sequence_classification"),
            TargetKind.ClassEachStep => ("a class at each step of an example", "sequence_labeling"),
            TargetKind.Sequence => ("another sequence of tokens", "sequence_to_sequence"),
            _ => ("real numbers at the end of each example", "sequence_regression"),
        };
        return new ConfigMistake("task.type", $"the data gives {gives}, which is learned by {task}; write task: {task}, or change data.format");
    }

    /// <summary>What none of the tasks on separate examples can do.</summary>
    public static IEnumerable<ConfigMistake> Check(ExperimentConfig config, TargetKind wanted)
    {
        if (OtherData(config, wanted) is { } other) yield return other;
        if (config.Data.Batching is not ExampleOptions)
            yield return new ConfigMistake("data.batching.type", "this task learns from separate examples; write batching: {type: examples, batch_size: 32}");
        if (!config.Model.Cell.MakesNetwork)
            yield return new ConfigMistake("model.cell.type", "it counts text, and this task needs a network; feed_forward is the nearest, with a memory of a few steps");
        if (config.Model is { HasSizes: true, Cell.MakesNetwork: true })
        {
            foreach (var mistake in StackRules.Mistakes(StackOptions.Of(config.Model, config.Model.EmbeddingSize ?? 1))) yield return mistake;
        }
        if (config.Training.ActivationRegularization > 0 || config.Training.TemporalActivationRegularization > 0)
        {
            var key = config.Training.ActivationRegularization > 0 ? "activation_regularization" : "temporal_activation_regularization";
            yield return new ConfigMistake($"training.{key}", "it is for running text, and examples are padded to one length; use model.dropout.output or training.penalty");
        }
        if (config.Model is { Dropout.Words: > 0, EmbeddingSize: null })
            yield return new ConfigMistake("model.dropout.words", "real numbers are read and no words; use model.dropout.embedding");
        if (config.Model.TieWeights && wanted != TargetKind.Sequence)
            yield return new ConfigMistake("model.tie_weights", "the output layer tells something else than the tokens that are read; set it to false");
        if (config.Training.TruncateAfter is not null)
            yield return new ConfigMistake("training.truncate_after", "an example is read as a whole; remove the key, or make the examples shorter");
        if (config.Training.LossReduction != LossReduction.Mean && wanted is not (TargetKind.ClassEachStep or TargetKind.Sequence))
            yield return new ConfigMistake("training.loss_reduction", "there is one loss an example and no sum over time; use mean");
        if (config.Sample is not null)
            yield return new ConfigMistake("sample", "only a language model writes text; remove the block");
        if (wanted != TargetKind.ValuesAtEnd) yield break;
        if (config.Model.Output is not null)
            yield return new ConfigMistake("model.output", "it computes classes, and this task tells real numbers; remove the block");
        if (config.Training.LabelSmoothing > 0)
            yield return new ConfigMistake("training.label_smoothing", "real numbers are no labels; remove the key");
    }
}
