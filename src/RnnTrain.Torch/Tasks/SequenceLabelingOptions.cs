using RnnTrain.Configuration;
using RnnTrain.Models.Outputs;

namespace RnnTrain.Tasks;

[Describe("Tells a class at every step of a sequence.")]
public sealed record SequenceLabelingOptions : TaskOptions
{
    [Describe("Where model.crf keeps to the tagging scheme of the labels; answers if absent.")]
    public TagConstraints? Constraints { get; init; }

    public override IEnumerable<ConfigMistake> Check(ExperimentConfig config)
    {
        foreach (var mistake in ExampleRules.Check(config, TargetKind.ClassEachStep)) yield return mistake;
        if (Constraints is not null && !config.Model.Crf)
            yield return new ConfigMistake("task.constraints", "they hold for the transitions of model.crf, and there is none; add crf: true to the model, or remove the key");
        else if (Constraints is not null && config.Data.Format.Tagging == TagScheme.None)
            yield return new ConfigMistake("task.constraints", "the labels of data.format mark no spans, so every label may follow every other; remove the key");
        if (!config.Model.Crf) yield break;
        if (config.Model.Output is not null and not FullOutputOptions)
            yield return new ConfigMistake("model.output", "model.crf needs the score of every class at every step; remove the block");
        if (config.Training.LabelSmoothing > 0)
            yield return new ConfigMistake("training.label_smoothing", "model.crf learns whole sequences and no labels one by one; remove the key, or use model.dropout");
    }
}
