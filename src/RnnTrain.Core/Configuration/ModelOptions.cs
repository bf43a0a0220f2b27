namespace RnnTrain.Configuration;

/// <summary>The network: embedding, recurrent layers, output layer.</summary>
public sealed record ModelOptions
{
    [Describe("Features of a token's embedding; needed by every network that reads tokens, refused where real numbers are.")]
    [Bounds(1)]
    public int? EmbeddingSize { get; init; }

    [Describe("Read words letter by letter too: features that stand beside those of the embedding; for sequence_labeling of text. None if absent.")]
    public WordLetterOptions? Characters { get; init; }

    [Describe("Pre-trained vectors of words that the embedding of the tokens that are read begins with; none if absent.")]
    public VectorOptions? Vectors { get; init; }

    [Describe("The recurrent cell of every layer.")]
    public required CellOptions Cell { get; init; }

    [Describe("Recurrent layers, one above the other; 1 if absent.")]
    [Bounds(1)]
    public int? Layers { get; init; }

    [Describe("Hidden units a layer and direction; a network needs it, or layer_sizes.")]
    [Bounds(1)]
    public int? HiddenSize { get; init; }

    [Describe("Hidden units of each layer in one direction, in place of layers and hidden_size: [1150, 1150, 400].")]
    [Bounds(1)]
    public IReadOnlyList<int>? LayerSizes { get; init; }

    [Describe("Read each sequence in both directions. Refused where the task predicts what comes next.")]
    public bool Bidirectional { get; init; }

    [Describe("How the outputs of the two directions become one.")]
    public DirectionCombination Combine { get; init; } = DirectionCombination.Concatenate;

    [Describe("How a layer's output is connected with its input, from the second layer on.")]
    public LayerConnections Connections { get; init; } = LayerConnections.None;

    [Describe("Learn the recurrent state that a sequence begins with; zero if false.")]
    public bool LearnedInitialState { get; init; }

    [Describe("Zoneout (Krueger et al. 2017): in training a random part of the state keeps its last value; none if absent.")]
    public ZoneoutOptions? Zoneout { get; init; }

    [Describe("Use the embedding matrix (of the tokens that are written) as the output matrix too; needs embedding_size = hidden_size, or decoder.readout_size.")]
    public bool TieWeights { get; init; }

    [Describe("The layer from the last hidden units to the tokens; full if absent.")]
    public OutputOptions? Output { get; init; }

    [Describe("How the outputs of all steps of an example become one vector, where something is told of the whole of it; last if absent.")]
    public PoolingOptions? Pooling { get; init; }

    [Describe("What writes a sequence; needed by the task sequence_to_sequence, refused by all others. The rest of the block is the encoder.")]
    public DecoderOptions? Decoder { get; init; }

    [Describe("A conditional random field over the classes of a sequence (Lample et al. 2016): the most likely sequence is told and not the most likely class at each step; for sequence_labeling.")]
    public bool Crf { get; init; }

    [Describe("Shares of values set to zero in training.")]
    public DropoutOptions Dropout { get; init; } = new();

    [Describe("The initial weights; PyTorch's own defaults if absent.")]
    public InitializationOptions? Initialization { get; init; }

    [Describe("How a layer is computed: auto takes the fused path wherever cell and options allow it, else the parallel one.")]
    public LayerPath Path { get; init; } = LayerPath.Auto;

    /// <summary>Whether it is known how large the layers are.</summary>
    public bool HasSizes => LayerSizes is { Count: > 0 } || (LayerSizes is null && HiddenSize is not null);

    /// <summary>Hidden units of each layer in one direction.</summary>
    public IReadOnlyList<int> HiddenSizes => LayerSizes
        ?? [.. Enumerable.Repeat(HiddenSize ?? throw new InvalidOperationException("neither model.hidden_size nor model.layer_sizes is given"), Layers ?? 1)];

    /// <summary>Features of the last layer's output, both directions combined.</summary>
    public long OutputSize => Cell.OutputSize(HiddenSizes[^1]) * (Bidirectional && Combine == DirectionCombination.Concatenate ? 2 : 1);
}

/// <summary>How the outputs of the two directions of a layer become one.</summary>
public enum DirectionCombination
{
    [Describe("One after the other, forward first: twice the features.")]
    Concatenate,

    [Describe("Added.")]
    Sum,
}

/// <summary>How a layer's output is connected with its input.</summary>
public enum LayerConnections
{
    [Describe("Not at all.")]
    None,

    [Describe("Added to it (He et al. 2016). Needs layers of one size.")]
    Residual,

    [Describe("Mixed with it by a learned gate (Srivastava et al. 2015). Needs layers of one size.")]
    Highway,
}

/// <summary>Shares of a recurrent state that keep their last value in a training step.</summary>
public sealed record ZoneoutOptions
{
    [Describe("Of the hidden state h.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Hidden { get; init; }

    [Describe("Of the memory c.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Memory { get; init; }
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

    [Describe("Of whole words in the embedding (Gal and Ghahramani 2016): a word is dropped wherever it stands in the batch.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Words { get; init; }

    [Describe("Of words that occur once in the training examples: in training they are read as the unknown symbol, so that it learns what new words mean (Lample et al. 2016). Needs data.tokens.unknown and a minimum_count of 1.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Singletons { get; init; }

    [Describe("Of the weights of the recurrent matrices (weight drop, Merity et al. 2018), the same at all time steps of a training step.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double RecurrentWeights { get; init; }

    [Describe("Drop the same values at all time steps of a batch (locked or variational dropout, Gal and Ghahramani 2016): holds for embedding, between_layers and output.")]
    public bool Locked { get; init; }
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
