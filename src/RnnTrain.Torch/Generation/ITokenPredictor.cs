namespace RnnTrain.Generation;

/// <summary>Something that reads a text token by token and says what it expects next; it remembers what it has read.</summary>
public interface ITokenPredictor
{
    /// <summary>How many different tokens there are.</summary>
    int Vocabulary { get; }

    /// <summary>Reads tokens that follow all those read before.</summary>
    /// <param name="tokens">At least one: [time].</param>
    /// <param name="scores">Filled with the logits of the token after the last: [vocabulary].</param>
    void Read(ReadOnlySpan<int> tokens, Span<float> scores);
}
