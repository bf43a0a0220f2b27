namespace RnnTrain.Configuration;

/// <summary>When the validation data is evaluated.</summary>
public sealed record EvaluationOptions
{
    [Describe("`epoch`, or a number of steps.")]
    public Interval Every { get; init; } = Interval.Epoch;

    [Describe("The metric of the validation data by which the best checkpoint is chosen and early stopping decides: loss, accuracy, or another that the task measures. Schedules and averages that watch the validation data watch its loss.")]
    public string Metric { get; init; } = "loss";

    [Describe("Lanes of the evaluation; data.batching.batch_size if absent. Every token is scored once, whatever it is.")]
    [Bounds(1)]
    public int? BatchSize { get; init; }
}

/// <summary>When checkpoints are written and how many are kept.</summary>
public sealed record CheckpointOptions
{
    [Describe("`epoch`, or a number of steps. One is written besides whenever the validation data says that the model is the best so far.")]
    public Interval Every { get; init; } = Interval.Epoch;

    [Describe("How many of the newest checkpoints stay; the best one stays besides.")]
    [Bounds(1)]
    public int Keep { get; init; } = 3;
}

/// <summary>A text the model writes when training is over.</summary>
public sealed record SampleOptions
{
    [Describe("What the text begins with.")]
    public string Prompt { get; init; } = "";

    [Describe("Tokens to write.")]
    [Bounds(1)]
    public int Length { get; init; } = 200;

    [Describe("Below 1 sharper, above 1 flatter than what was learned.")]
    [Bounds(0, MinimumExcluded = true)]
    public double Temperature { get; init; } = 1.0;
}
