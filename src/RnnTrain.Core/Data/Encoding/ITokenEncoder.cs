namespace RnnTrain.Data.Encoding;

/// <summary>Turns the pieces that a tokenizer cuts off a text into ids of a vocabulary. It may remember what it has seen: one thread at a time.</summary>
public interface ITokenEncoder
{
    /// <summary>The ids of a piece; none where the vocabulary lacks it. Nobody changes them.</summary>
    ReadOnlySpan<int> Encode(ReadOnlySpan<char> piece);

    /// <summary>Whether the training text holds a token, or at least all that it is made of.</summary>
    bool IsKnown(int id);
}
