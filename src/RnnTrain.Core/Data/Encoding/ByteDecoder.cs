using System.Buffers;

namespace RnnTrain.Data.Encoding;

/// <summary>
/// The decoder of symbols that are bytes of UTF-8, each written as the character U+0000 to U+00FF of its value. Holds back the bytes of a
/// character that is not yet complete; bytes that are not UTF-8 become U+FFFD.
/// </summary>
internal sealed class ByteDecoder(Vocabulary vocabulary) : ITokenDecoder
{
    private readonly System.Text.Decoder utf8 = System.Text.Encoding.UTF8.GetDecoder();

    public string Next(int id)
    {
        var symbol = vocabulary.Symbols[id];
        var bytes = ArrayPool<byte>.Shared.Rent(symbol.Length);
        for (var i = 0; i < symbol.Length; i++) bytes[i] = (byte)symbol[i];
        var text = Decode(bytes.AsSpan(0, symbol.Length), flush: false);
        ArrayPool<byte>.Shared.Return(bytes);
        return text;
    }

    public string Finish() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        var characters = ArrayPool<char>.Shared.Rent(utf8.GetCharCount(bytes, flush));
        var text = characters.AsSpan(0, utf8.GetChars(bytes, characters, flush)).ToString();
        ArrayPool<char>.Shared.Return(characters);
        return text;
    }
}
