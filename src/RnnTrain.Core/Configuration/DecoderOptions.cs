namespace RnnTrain.Configuration;

/// <summary>What writes a sequence when the encoder, which is the rest of the `model` block, has read one.</summary>
public sealed record DecoderOptions
{
    [Describe("The recurrent cell of every layer; the encoder's if absent.")]
    public CellOptions? Cell { get; init; }

    [Describe("Recurrent layers, one above the other; as many as the encoder's if absent.")]
    [Bounds(1)]
    public int? Layers { get; init; }

    [Describe("Hidden units a layer; as many as the encoder's last layer puts out if absent, both directions counted.")]
    [Bounds(1)]
    public int? HiddenSize { get; init; }

    [Describe("Features of the embedding of a token that was written; model.embedding_size if absent.")]
    [Bounds(1)]
    public int? EmbeddingSize { get; init; }

    [Describe("How it looks at what was read; not at all if absent, so that only the bridge tells it.")]
    public AttentionOptions? Attention { get; init; }

    [Describe("Its layers also read what the output layer read in the step before (Luong et al. 2015). Every step then waits for the one before.")]
    public bool InputFeeding { get; init; }

    [Describe("What its state begins with.")]
    public BridgeKind Bridge { get; init; } = BridgeKind.Linear;

    [Describe("What the output layer reads of hidden units and context.")]
    public ReadoutFunction Readout { get; init; } = ReadoutFunction.Tanh;

    [Describe("Features that the output layer reads; with model.tie_weights the embedding's if absent, else as many as hidden units.")]
    [Bounds(1)]
    public int? ReadoutSize { get; init; }

    [Describe("Tokens that are read and tokens that are written have one embedding; needs data.shared_vocabulary and embeddings of one size.")]
    public bool SharedEmbedding { get; init; }
}

/// <summary>What the state of a decoder begins with.</summary>
public enum BridgeKind
{
    [Describe("Zeros, or with learned_initial_state what was learned.")]
    Zero,

    [Describe("The encoder's last state, layer by layer, both directions side by side. Needs the same cell and layers, and sizes that fit.")]
    Copy,

    [Describe("A trained linear layer and tanh of what model.pooling makes of the encoder's outputs.")]
    Linear,
}

/// <summary>What becomes of hidden units and context before the output layer.</summary>
public enum ReadoutFunction
{
    [Describe("tanh of a linear layer (Luong et al. 2015).")]
    Tanh,

    [Describe("The larger of each two outputs of a linear layer (Goodfellow et al. 2013; Bahdanau et al. 2015).")]
    Maxout,
}
