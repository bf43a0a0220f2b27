using System.Text;

namespace RnnTrain.Data.Encoding;

/// <summary>Decoding of whole sequences.</summary>
public static class TokenDecoding
{
    /// <summary>The text of all these ids.</summary>
    public static string Decode(this ITokenDecoder decoder, IEnumerable<int> ids)
    {
        var text = new StringBuilder();
        foreach (var id in ids) text.Append(decoder.Next(id));
        return text.Append(decoder.Finish()).ToString();
    }
}
