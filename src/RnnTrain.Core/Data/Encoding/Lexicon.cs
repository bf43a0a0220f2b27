namespace RnnTrain.Data.Encoding;

/// <summary>What the numbers of an experiment's data mean: all that a trained model needs besides its weights to read text and to answer in text.</summary>
public sealed record Lexicon
{
    /// <summary>The tokens that are read; null where real numbers are.</summary>
    public Vocabulary? Tokens { get; init; }

    /// <summary>The tokens that are written, where they are others than those that are read.</summary>
    public Vocabulary? Written { get; init; }

    /// <summary>The classes, with how often each occurs in the training data.</summary>
    public Vocabulary? Labels { get; init; }

    /// <summary>The letters of words, where words are also read letter by letter.</summary>
    public Vocabulary? Characters { get; init; }
}
