namespace RnnTrain.Configuration;

/// <summary>A key, or a block, that may change when a run is resumed.</summary>
/// <param name="Prefix">The dotted key; all keys below it are meant too.</param>
/// <param name="Reason">Why the change is harmless, and what it does.</param>
public sealed record ResumeRule(string Prefix, string Reason);

/// <summary>
/// Which keys may change between a run and its continuation. What decides the model's function, the data's order or the meaning of the
/// optimizer's state may not: the result would be of neither configuration, and nothing would show it.
/// </summary>
public static class ResumeRules
{
    public static IReadOnlyList<ResumeRule> MayChange { get; } =
    [
        new("name", "names the folder of the next run; a resumed run stays in its own"),
        new("training.epochs", "how long to train; a schedule that looks at the end, such as cosine, bends from here on"),
        new("training.maximum_steps", "how long to train; a schedule that looks at the end, such as cosine, bends from here on"),
        new("training.early_stopping", "when to stop; the evaluations counted so far stay counted"),
        new("training.optimizer.learning_rate", "the remedy when training diverged; holds from here on"),
        new("training.schedule", "the remedy when training diverged; holds from here on"),
        new("training.clip_norm", "the remedy when training diverged; holds from here on"),
        new("training.clip_value", "the remedy when training diverged; holds from here on"),
        new("training.on_non_finite", "the remedy when training diverged; holds from here on, and what was counted so far stays counted"),
        new("training.accumulate", "how much memory a step takes; the numbers then differ by rounding, and dropout draws other masks"),
        new("training.log_every", "how often metrics are written"),
        new("evaluation.every", "when validation is measured; a plateau schedule and early stopping then look at other moments"),
        new("evaluation.batch_size", "how validation is measured; the numbers may then differ by rounding"),
        new("checkpoints", "when checkpoints are written and how many are kept"),
        new("sample", "what is written when training is over"),
        new("decoding", "how texts are written by the trained model"),
        new("device", "where tensors live; the numbers then agree with those of the old device only up to rounding"),
        new("engine", "what computes recurrent and output layers; the numbers may then differ by rounding"),
        new("precision", "the number format of the arithmetic; weights are saved in fp32 whatever it is, and the loss scale of fp16 begins anew"),
        new("threads", "how many threads compute; the numbers may then differ by rounding"),
    ];

    public static bool Allows(ConfigDifference difference) => MayChange.Any(rule =>
        difference.Key == rule.Prefix || difference.Key.StartsWith(rule.Prefix + ".", StringComparison.Ordinal));
}
