using RnnTrain.Configuration;
using RnnTrain.Data.Storage;

namespace RnnTrain.Data.Encoding;

/// <summary>The ids of all different pieces of a text, so that each is looked up once, however often it occurs.</summary>
/// <param name="ids">Of piece after piece; the unknown symbol where the vocabulary lacks it.</param>
/// <param name="starts">Where the ids of each piece begin; one entry more than there are pieces.</param>
/// <param name="isUnknown">For each piece, whether the vocabulary lacks it.</param>
internal sealed class EncodedPieces(int[] ids, int[] starts, bool[] isUnknown)
{
    /// <exception cref="UserMistakeException">The vocabulary lacks a piece and nothing stands for it.</exception>
    public static EncodedPieces Of(IReadOnlyList<string> pieces, ITokenizer tokenizer, Vocabulary vocabulary)
    {
        var encoder = tokenizer.Encoder(vocabulary);
        var ids = new List<int>(pieces.Count);
        var starts = new int[pieces.Count + 1];
        var isUnknown = new bool[pieces.Count];
        for (var piece = 0; piece < pieces.Count; piece++)
        {
            var known = encoder.Encode(pieces[piece]);
            isUnknown[piece] = known.IsEmpty;
            if (known.IsEmpty) ids.Add(vocabulary.UnknownId ?? -1);
            else ids.AddRange(known);
            starts[piece + 1] = ids.Count;
        }

        var lacking = isUnknown.Count(lacks => lacks);
        if (lacking == 0 || vocabulary.UnknownId is not null) return new EncodedPieces([.. ids], starts, isUnknown);
        throw new UserMistakeException($"data: the model's vocabulary lacks {lacking} {tokenizer.Unit}s of this data, "
            + $"{tokenizer.Show(pieces[Array.IndexOf(isUnknown, true)])} for one; the data has changed since the model was trained");
    }

    /// <summary>A text of pieces, given by their numbers, as ids.</summary>
    /// <param name="split">What it is for.</param>
    /// <param name="pieces">Taken over: where every piece has one id, they are written in its place.</param>
    /// <param name="room">Where ids are kept that need places of their own.</param>
    public TokenSequence Sequence(Split split, TokenIds pieces, StorageRoom room)
    {
        var unknown = 0L;
        if (ids.Length == starts.Length - 1)
        {
            pieces.Rewrite(numbers =>
            {
                for (var i = 0; i < numbers.Length; i++)
                {
                    if (isUnknown[numbers[i]]) unknown++;
                    numbers[i] = ids[numbers[i]];
                }
            });
            return new TokenSequence(split, pieces, unknown);
        }

        var tokens = new NumberStore(room);
        foreach (var piece in pieces)
        {
            if (isUnknown[piece]) unknown++;
            tokens.Add(ids.AsSpan(starts[piece]..starts[piece + 1]));
        }

        return new TokenSequence(split, new TokenIds(tokens, 0, tokens.Count), unknown);
    }
}
