namespace RnnTrain.Configuration;

/// <summary>One experiment: everything that decides what is trained, on what, and how. The root of a configuration file.</summary>
public sealed record ExperimentConfig
{
    [Describe("Names the run folder, runs/<name>/<date-time>/. Letters, digits, '-', '_' and '.'.")]
    public required string Name { get; init; }

    [Describe("The seed of every random choice: initial weights, dropout, order of the data.")]
    [Bounds(0)]
    public long Seed { get; init; } = 1;

    [Describe("Where tensors live: auto (a GPU if there is one), cpu, cuda, or cuda:N.")]
    public DeviceChoice Device { get; init; } = DeviceChoice.Auto;

    [Describe("The number format of recurrent and output layers. Weights are trained and saved in fp32 whatever it is.")]
    public Precision Precision { get; init; } = Precision.Fp32;

    [Describe("CPU threads for matrix products: auto, or a number.")]
    public ThreadChoice Threads { get; init; } = ThreadChoice.Auto;

    [Describe("What computes recurrent and output layers on the CPU.")]
    public ComputeEngine Engine { get; init; } = ComputeEngine.Auto;

    [Describe("What the network learns to do.")]
    public required TaskOptions Task { get; init; }

    [Describe("The text, how it becomes numbers, and how these are put in batches.")]
    public required DataOptions Data { get; init; }

    [Describe("The network.")]
    public required ModelOptions Model { get; init; }

    [Describe("How the network is trained.")]
    public required TrainingOptions Training { get; init; }

    [Describe("When the validation data is evaluated.")]
    public EvaluationOptions Evaluation { get; init; } = new();

    [Describe("When checkpoints are written, and how many are kept.")]
    public CheckpointOptions Checkpoints { get; init; } = new();

    [Describe("A text written by the model when training is over; none if absent.")]
    public SampleOptions? Sample { get; init; }

    [Describe("How texts are written by a model that reads one and writes another; rnn evaluate, predict and chat use it.")]
    public DecodingOptions? Decoding { get; init; }
}
