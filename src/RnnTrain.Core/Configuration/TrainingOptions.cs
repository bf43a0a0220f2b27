namespace RnnTrain.Configuration;

/// <summary>How the network is trained.</summary>
public sealed record TrainingOptions
{
    [Describe("Passes over the training data.")]
    [Bounds(1)]
    public required int Epochs { get; init; }

    [Describe("Stop after this many optimizer steps, whatever the epochs; no limit if absent.")]
    [Bounds(1)]
    public long? MaximumSteps { get; init; }

    [Describe("The rule that turns gradients into steps.")]
    public required OptimizerOptions Optimizer { get; init; }

    [Describe("How the learning rate changes; constant if absent.")]
    public ScheduleOptions? Schedule { get; init; }

    [Describe("Evaluate and save an average of the weights along the way instead of the last ones; none if absent.")]
    public AverageOptions? Average { get; init; }

    [Describe("Scale the gradient down to this norm where it is longer; no clipping if absent.")]
    [Bounds(0, MinimumExcluded = true)]
    public double? ClipNorm { get; init; }

    [Describe("Bring each number of the gradient into the range from minus to plus this, before its norm is clipped; no such clipping if absent.")]
    [Bounds(0, MinimumExcluded = true)]
    public double? ClipValue { get; init; }

    [Describe("Compute each batch in so many equal parts, one after the other, and add up their gradients: less memory, the same step. Divides data.batching.batch_size.")]
    [Bounds(1)]
    public int Accumulate { get; init; } = 1;

    [Describe("What happens where a loss or a gradient is not finite; stop if absent.")]
    public NonFiniteOptions? OnNonFinite { get; init; }

    [Describe("Truncated back-propagation through time: the gradient flows back at most this many time steps; data.batching.steps if absent.")]
    [Bounds(1)]
    public int? TruncateAfter { get; init; }

    [Describe("What the loss of a step is: the mean over its tokens, or their sum over time and mean over the batch (as in Zaremba et al. 2014).")]
    public LossReduction LossReduction { get; init; } = LossReduction.Mean;

    [Describe("Label smoothing (Szegedy et al. 2016): the share of each target that is spread evenly over all tokens in training; the loss reported is without it.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double LabelSmoothing { get; init; }

    [Describe("Scheduled sampling (Bengio et al. 2015): a decoder reads more and more symbols as it would have written them itself; only those that are right if absent.")]
    public ScheduledSamplingOptions? ScheduledSampling { get; init; }

    [Describe("Weight noise (Graves 2011): the standard deviation of what is added to recurrent and output matrices for a training step.")]
    [Bounds(0)]
    public double WeightNoise { get; init; }

    [Describe("Activation regularisation (Merity et al. 2017): the factor of the mean square of the last recurrent layer's output, after dropout.")]
    [Bounds(0)]
    public double ActivationRegularization { get; init; }

    [Describe("Temporal activation regularisation (Merity et al. 2017): the factor of the mean square of that output's change from step to step.")]
    [Bounds(0)]
    public double TemporalActivationRegularization { get; init; }

    [Describe("L1 and L2 with groups of parameters that are left alone; none if absent. The optimizer's weight_decay is L2 on all parameters.")]
    public PenaltyOptions? Penalty { get; init; }

    [Describe("Stop when the validation loss has not improved for some evaluations; never if absent.")]
    public EarlyStoppingOptions? EarlyStopping { get; init; }

    [Describe("Write the training metrics every so many steps.")]
    [Bounds(1)]
    public int LogEvery { get; init; } = 100;
}

/// <summary>How a decoder comes to read what it would have written itself.</summary>
public sealed record ScheduledSamplingOptions
{
    [Describe("The share of such symbols when the schedule has fallen to 0.")]
    [Bounds(0, 1, MinimumExcluded = true)]
    public required double Share { get; init; }

    [Describe("How the share of right symbols falls: those of its own are share · (1 − factor). Linear from the first step to the last if absent.")]
    public ScheduleOptions? Schedule { get; init; }
}

/// <summary>What large weights cost.</summary>
public sealed record PenaltyOptions
{
    [Describe("The factor of the sum of absolute weights.")]
    [Bounds(0)]
    public double L1 { get; init; }

    [Describe("The factor of half the sum of squared weights, so that it is added to the gradient times the weight.")]
    [Bounds(0)]
    public double L2 { get; init; }

    [Describe("Shrink weights beside the optimizer, times the learning rate (Loshchilov and Hutter 2019), in place of adding to gradients.")]
    public bool Decoupled { get; init; }

    [Describe("Parameters that are left alone.")]
    public IReadOnlyList<ParameterGroup> Exempt { get; init; } = [ParameterGroup.Biases];
}

/// <summary>What parameters are for, as far as a penalty tells them apart.</summary>
public enum ParameterGroup
{
    [Describe("Matrices of recurrent and output layers, a tied embedding among them.")]
    Matrices,

    [Describe("Biases and gains.")]
    Biases,

    [Describe("The embedding.")]
    Embeddings,

    [Describe("Learned initial states.")]
    InitialStates,
}

/// <summary>When training stops because it no longer helps.</summary>
public sealed record EarlyStoppingOptions
{
    [Describe("Evaluations in a row without a better validation loss after which training stops.")]
    [Bounds(1)]
    public required int Patience { get; init; }

    [Describe("By how much the loss must fall to count as better.")]
    [Bounds(0)]
    public double MinimumImprovement { get; init; }
}

/// <summary>How the losses of a step's tokens become one number to minimise.</summary>
public enum LossReduction
{
    [Describe("The mean over all tokens of the step.")]
    Mean,

    [Describe("The sum over the time steps of the mean over the batch.")]
    SumOverTime,
}
