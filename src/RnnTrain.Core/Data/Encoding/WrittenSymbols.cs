namespace RnnTrain.Data.Encoding;

/// <summary>
/// The symbols of a sequence that a model writes: those of its vocabulary, and behind them two of its own, which no text can hold. Embedding and output
/// layer have <see cref="Count"/> rows each.
/// </summary>
/// <param name="Vocabulary">Symbols of the vocabulary.</param>
public readonly record struct WrittenSymbols(int Vocabulary)
{
    /// <summary>What a decoder reads first; it never writes it.</summary>
    public int Begin => Vocabulary;

    /// <summary>What a decoder writes last.</summary>
    public int End => Vocabulary + 1;

    /// <summary>All of them.</summary>
    public int Count => Vocabulary + 2;
}
