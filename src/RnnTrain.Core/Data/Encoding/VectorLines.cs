using System.Buffers.Text;
using RnnTrain.Configuration;

namespace RnnTrain.Data.Encoding;

/// <summary>
/// The lines of a text file of vectors: a word and so many numbers each, with one space or tab between them and perhaps one at the end; before them
/// perhaps a line with the number of words and of numbers. A word may hold spaces, as some of GloVe's do, where what stands
/// after them is no number. Numbers are read only when they are asked for.
/// </summary>
internal sealed class VectorLines
{
    private const int FirstBuffer = 1 << 20;

    private readonly Stream bytes;
    private readonly string where;
    private readonly int features;
    private byte[] buffer = new byte[FirstBuffer];
    private char[] word = new char[256];
    private int next; // where the next line begins
    private int filled;
    private int numbersAt; // of the last line
    private int end;
    private long line;

    /// <param name="bytes">Unpacked.</param>
    /// <param name="where">What messages begin with.</param>
    /// <param name="features">Numbers of each line.</param>
    public VectorLines(Stream bytes, string where, int features)
    {
        (this.bytes, this.where, this.features) = (bytes, where, features);
    }

    /// <summary>Goes on to the next line.</summary>
    /// <param name="found">Its word.</param>
    /// <returns>False after the last line.</returns>
    /// <exception cref="UserMistakeException">The line is not a word with so many numbers.</exception>
    public bool TryNext(out ReadOnlySpan<char> found)
    {
        while (TryNextLine(out var start))
        {
            var text = buffer.AsSpan(start, end - start);
            if (line == 1 && IsHeader(text)) continue;
            numbersAt = start + NumbersOf(text);
            found = WordOf(buffer.AsSpan(start, numbersAt - 1 - start));
            return true;
        }

        found = default;
        return false;
    }

    /// <summary>The numbers of this line, [features].</summary>
    /// <exception cref="UserMistakeException">One is none.</exception>
    public float[] Numbers()
    {
        var numbers = new float[features];
        var rest = buffer.AsSpan(numbersAt, end - numbersAt);
        for (var i = 0; i < features; i++)
        {
            var length = rest.IndexOfAny((byte)' ', (byte)'\t') is var separator and >= 0 ? separator : rest.Length;
            if (!IsNumber(rest[..length], out numbers[i]) || !float.IsFinite(numbers[i]))
                throw Mistake($"'{Text(rest[..length])}', the {i + 1}. of {features}, is no finite number");
            rest = rest[Math.Min(length + 1, rest.Length)..];
        }

        return numbers;
    }

    private bool TryNextLine(out int start)
    {
        while (true)
        {
            var feed = buffer.AsSpan(next, filled - next).IndexOf((byte)'\n');
            if (feed >= 0 || !Fill())
            {
                start = next;
                if (next == filled) return false;
                end = feed >= 0 ? next + feed : filled;
                next = Math.Min(end + 1, filled);
                line++;
                while (end > start && buffer[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r') end--;
                return true;
            }
        }
    }

    /// <summary>Reads on behind what is there, which moves to the beginning; false at the end of the file.</summary>
    private bool Fill()
    {
        buffer.AsSpan(next, filled - next).CopyTo(buffer);
        (filled, next) = (filled - next, 0);
        if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = bytes.Read(buffer, filled, buffer.Length - filled);
        filled += read;
        return read > 0;
    }

    /// <summary>Whether this is word2vec's first line, how many words and how many numbers there are.</summary>
    private bool IsHeader(ReadOnlySpan<byte> text)
    {
        var separator = text.IndexOf((byte)' ');
        var isHeader = separator > 0 && Utf8Parser.TryParse(text, out long _, out var read) && read == separator
            && Utf8Parser.TryParse(text[(separator + 1)..], out int _, out read) && read == text.Length - separator - 1;
        if (!isHeader) return false;
        Utf8Parser.TryParse(text[(separator + 1)..], out int width, out _);
        return width == features ? true : throw OtherWidth(width);
    }

    /// <summary>Where the numbers of a line begin.</summary>
    private int NumbersOf(ReadOnlySpan<byte> text)
    {
        var separators = text.Count((byte)' ') + text.Count((byte)'\t');
        var place = text.Length;
        for (var number = 0; number < features && place > 0; number++) place = text[..place].LastIndexOfAny((byte)' ', (byte)'\t');
        if (separators == features && place > 0) return place + 1;

        var width = 0; // the numbers at the end, one field being the word
        var rest = text;
        while (rest.LastIndexOfAny((byte)' ', (byte)'\t') is var at and > 0 && IsNumber(rest[(at + 1)..], out _))
        {
            width++;
            rest = rest[..at];
        }

        if (width == features) return rest.Length + 1;
        throw line == 1 ? OtherWidth(width) : Mistake($"{width} numbers, where the embedding has {features}; the file is damaged, or no file of vectors");
    }

    private ReadOnlySpan<char> WordOf(ReadOnlySpan<byte> text)
    {
        if (word.Length < text.Length) word = new char[text.Length];
        return word.AsSpan(0, System.Text.Encoding.UTF8.GetChars(text, word)); // word2vec cuts words within a character: that is U+FFFD
    }

    private UserMistakeException OtherWidth(int width) => width == 0
        ? Mistake("no word with numbers after it; the file must be one of vectors as text")
        : Mistake($"the vectors have {width} numbers, and the embedding has {features}; make model.embedding_size {width}, or take other vectors");

    private UserMistakeException Mistake(string what) => new($"{where}:{line}: {what}");

    private static bool IsNumber(ReadOnlySpan<byte> field, out float number) =>
        Utf8Parser.TryParse(field, out number, out var read) && read == field.Length && read > 0;

    private static string Text(ReadOnlySpan<byte> field) => System.Text.Encoding.UTF8.GetString(field.Length > 40 ? field[..40] : field);
}
