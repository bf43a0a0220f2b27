namespace RnnTrain.Data.Encoding;

/// <summary>The encoder of tokens that are symbols as they stand in the text: each piece is one symbol and has one id.</summary>
public sealed class VocabularyLookup(Vocabulary vocabulary) : ITokenEncoder
{
    private readonly int[] ids = [.. Enumerable.Range(0, vocabulary.Size)]; // a place to point at for each id

    public ReadOnlySpan<int> Encode(ReadOnlySpan<char> piece) => vocabulary.TryGetId(piece, out var id) ? ids.AsSpan(id, 1) : [];

    public bool IsKnown(int id) => vocabulary.Counts[id] > 0;
}
