namespace RnnTrain.Configuration;

/// <summary>The network: embedding, recurrent layers, output layer.</summary>
public sealed record ModelOptions
{
    [Describe("Features of a token's embedding; needed by every network.")]
    [Bounds(1)]
    public int? EmbeddingSize { get; init; }

    [Describe("The recurrent cell of every layer.")]
    public required CellOptions Cell { get; init; }

    [Describe("Recurrent layers, one above the other.")]
    [Bounds(1)]
    public int Layers { get; init; } = 1;

    [Describe("Hidden units a layer and direction; needed by every network.")]
    [Bounds(1)]
    public int? HiddenSize { get; init; }

    [Describe("Read each sequence in both directions. Refused where the task predicts what comes next.")]
    public bool Bidirectional { get; init; }

    [Describe("Use the embedding matrix as the output matrix too; needs embedding_size = hidden_size.")]
    public bool TieWeights { get; init; }

    [Describe("The layer from the last hidden units to the tokens; full if absent.")]
    public OutputOptions? Output { get; init; }

    [Describe("Shares of values set to zero in training.")]
    public DropoutOptions Dropout { get; init; } = new();

    [Describe("The initial weights; PyTorch's own defaults if absent.")]
    public InitializationOptions? Initialization { get; init; }

    [Describe("How a layer is computed: auto takes the fused path wherever cell and options allow it, else the parallel one.")]
    public LayerPath Path { get; init; } = LayerPath.Auto;
}

/// <summary>Shares of values that are set to zero in training, the others scaled by 1 / (1 − share).</summary>
public sealed record DropoutOptions
{
    [Describe("On the embedding's output.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Embedding { get; init; }

    [Describe("Between one recurrent layer and the next.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double BetweenLayers { get; init; }

    [Describe("On the last recurrent layer's output.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Output { get; init; }
}

/// <summary>How a recurrent layer is computed.</summary>
public enum LayerPath
{
    [Describe("Fused wherever the cell and its options allow it, else all time steps at once where the cell can, else unrolled.")]
    Auto,

    [Describe("Only fused (libtorch's own kernel for a whole sequence); refused where the cell has none.")]
    Fused,

    [Describe("Only unrolled: the cell, step by step.")]
    Unrolled,
}
