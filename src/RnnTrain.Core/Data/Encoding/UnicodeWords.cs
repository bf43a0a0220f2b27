using System.Globalization;
using System.Text;

namespace RnnTrain.Data.Encoding;

/// <summary>
/// Cuts words out of text, after the word boundaries of Unicode (UAX #29) as far as they need no dictionary: letters and digits with the marks
/// that belong to them are a word; an apostrophe, hyphen or dot between letters does not end it, nor a dot, comma or colon between digits, nor a hyphen before white space;
/// every other sign stands apart, a row of the same sign together. Ideographs and hiragana, which no space divides, stand
/// alone. Looks two characters ahead and never back.
/// </summary>
internal static class UnicodeWords
{
    private enum Kind : byte
    {
        Sign,
        Letter,
        Digit,
        Extending,
        Ideograph,
        White,
    }

    private static readonly Kind[] Ascii = [.. Enumerable.Range(0, 128).Select(value => KindOf(new Rune((char)value)))];

    /// <summary>How many characters the first word has.</summary>
    /// <param name="text">Begins with no white space.</param>
    public static int Next(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return 0;
        var kind = KindAt(text, 0, out var length);
        return kind switch
        {
            Kind.Sign => SignLength(text),
            Kind.Ideograph => WithExtensions(text, length),
            _ => WordLength(text, length, kind),
        };
    }

    /// <summary>True for writing without spaces: ideographs, kana, and the full-width signs among them.</summary>
    public static bool HasNoSpaces(Rune rune) => rune.Value
        is (>= 0x3000 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFF00 and <= 0xFFEF) or (>= 0x20000 and <= 0x3FFFF);

    private static int WordLength(ReadOnlySpan<char> text, int length, Kind last)
    {
        while (length < text.Length)
        {
            var kind = KindAt(text, length, out var width);
            if (kind == Kind.Sign)
            {
                if (!Joins(text[length], last, text, length + 1)) return length;
                length++;
                continue;
            }

            if (kind is Kind.White or Kind.Ideograph) return length;
            if (kind != Kind.Extending) last = kind;
            length += width;
        }

        return length;
    }

    /// <summary>Whether a sign between what was read and what follows does not end the word.</summary>
    private static bool Joins(char sign, Kind last, ReadOnlySpan<char> text, int next)
    {
        var following = next < text.Length ? KindAt(text, next, out _) : Kind.White;
        return sign switch
        {
            '\'' or '\u2019' => following is Kind.Letter or Kind.Digit,
            '-' or '\u2010' or '\u2011' => following is Kind.Letter or Kind.Digit or Kind.White,
            '\u00B7' => last == Kind.Letter && following == Kind.Letter,
            '.' => last == following && following is Kind.Letter or Kind.Digit,
            ',' or ':' => last == Kind.Digit && following == Kind.Digit,
            _ => false,
        };
    }

    private static int SignLength(ReadOnlySpan<char> text)
    {
        var length = StringInfo.GetNextTextElementLength(text); // a flag or a family of emoji is one sign
        if (length > 1 || text[0] >= 128 || text[0] is '"' or '(' or ')' or '[' or ']' or '{' or '}') return length;
        var row = text.IndexOfAnyExcept(text[0]);
        if (row < 0) return text.Length;
        return row > 1 && KindAt(text, row, out _) == Kind.Extending ? row - 1 : row; // what extends the last sign makes it another
    }

    private static int WithExtensions(ReadOnlySpan<char> text, int length)
    {
        while (length < text.Length && KindAt(text, length, out var width) == Kind.Extending) length += width;
        return length;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int place, out int length)
    {
        length = 1;
        if (text[place] < 128) return Ascii[text[place]];
        Rune.DecodeFromUtf16(text[place..], out var rune, out length); // half of a pair is U+FFFD, one character long
        return KindOf(rune);
    }

    private static Kind KindOf(Rune rune)
    {
        if (Rune.IsWhiteSpace(rune)) return Kind.White;
        switch (Rune.GetUnicodeCategory(rune))
        {
            case <= UnicodeCategory.OtherLetter:
                return IsIdeograph(rune.Value) ? Kind.Ideograph : Kind.Letter;
            case UnicodeCategory.ConnectorPunctuation:
                return Kind.Letter;
            case UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber:
                return Kind.Digit;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format:
                return Kind.Extending;
            default:
                return Kind.Sign;
        }
    }

    private static bool IsIdeograph(int value) => value
        is (>= 0x3005 and <= 0x3007) or (>= 0x3041 and <= 0x309F) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
