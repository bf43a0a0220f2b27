using System.Globalization;
using System.Text;

namespace RnnTrain.Data.Encoding;

/// <summary>
/// Cuts text into pieces over whose borders no pair is merged: words, numbers and runs of other signs, each with a space before it where
/// one stands there; letters with an apostrophe before them ("'s"); and what white space is left, up to the end of a line. The pieces
/// together are the text, and those of a line do not depend on other lines.
/// </summary>
internal static class TextPieces
{
    /// <summary>The most characters of a piece, since a text need not have words.</summary>
    public const int Longest = 64;

    private enum Kind : byte
    {
        Other,
        Letter,
        Digit,
        White,
    }

    private static readonly Kind[] Ascii = [.. Enumerable.Range(0, 128).Select(value => KindOf(new Rune((char)value)))];

    /// <summary>How many characters the first piece of a text has; 0 where the text is empty.</summary>
    public static int Next(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return 0;
        var start = text[0] == ' ' && text.Length > 1 && KindAt(text[1..], out _) != Kind.White ? 1 : 0;
        var kind = KindAt(text[start..], out var first);
        if (kind == Kind.White) return WhiteSpace(text);
        var end = start + first;
        if (text[start] is '\'' or '’' && end < text.Length && KindAt(text[end..], out _) == Kind.Letter) kind = Kind.Letter;
        while (end < text.Length && KindAt(text[end..], out var length) == kind && end + length <= Longest) end += length;
        return end;
    }

    /// <summary>A line feed is the last character of a piece; the last space before a word is the word's.</summary>
    private static int WhiteSpace(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && end < Longest && KindAt(text[end..], out _) == Kind.White)
        {
            if (text[end++] == '\n') return end;
        }

        return end < text.Length && end > 1 && text[end - 1] == ' ' && KindAt(text[end..], out _) != Kind.White ? end - 1 : end;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, out int length)
    {
        length = 1;
        if (text[0] < 128) return Ascii[text[0]];
        Rune.DecodeFromUtf16(text, out var rune, out length); // half of a pair is U+FFFD, one character long
        return KindOf(rune);
    }

    private static Kind KindOf(Rune rune)
    {
        if (Rune.IsWhiteSpace(rune)) return Kind.White;
        return Rune.GetUnicodeCategory(rune) switch
        {
            <= UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Digit,
            _ => Kind.Other,
        };
    }
}
