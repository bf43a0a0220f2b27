using System.Globalization;
using System.Text;

namespace RnnTrain.Metrics.Text;

/// <summary>
/// What Python's `str` makes of a text where .NET differs: sacreBLEU's numbers stand on it. White space includes U+001C to U+001F; lower case follows
/// Unicode's full mapping, in which U+0130 becomes two characters and a sigma at the end of a word its final form.
/// </summary>
public static class PythonText
{
    private const char DottedCapitalI = '\u0130';
    private const char CapitalSigma = '\u03A3';
    private const char FinalSigma = '\u03C2';

    public static bool IsWhiteSpace(char unit) => char.IsWhiteSpace(unit) || unit is >= '\u001C' and <= '\u001F';

    public static string TrimEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && IsWhiteSpace(text[end - 1])) end--;
        return text[..end];
    }

    /// <summary>What stands between white space.</summary>
    public static string[] Split(string text)
    {
        List<string> words = [];
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && !IsWhiteSpace(text[end])) end++;
            if (end > start) words.Add(text[start..end]);
            start = end + 1;
        }

        return [.. words];
    }

    public static string ToLower(string text)
    {
        var lower = text.ToLowerInvariant();
        if (!text.Contains(DottedCapitalI) && !text.Contains(CapitalSigma)) return lower;
        var built = new StringBuilder(text.Length + 4);
        for (var place = 0; place < text.Length; place++)
        {
            if (text[place] == DottedCapitalI) built.Append("i\u0307");
            else if (text[place] == CapitalSigma && EndsWord(text, place)) built.Append(FinalSigma);
            else built.Append(lower[place]); // the simple mapping changes no length
        }

        return built.ToString();
    }

    /// <summary>Unicode's Final_Sigma: a cased letter stands before it and none behind, what case does not concern left out.</summary>
    private static bool EndsWord(string text, int place)
    {
        var before = place - 1;
        while (before >= 0 && IsIgnorable(text, before)) before--;
        var behind = place + 1;
        while (behind < text.Length && IsIgnorable(text, behind)) behind++;
        return before >= 0 && IsCased(text, before) && !(behind < text.Length && IsCased(text, behind));
    }

    private static bool IsCased(string text, int place) =>
        Category(text, place) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static bool IsIgnorable(string text, int place) =>
        text[place] is '\'' or '.' or ':' or '\u00B7' or '\u2018' or '\u2019' or '\u2024' or '\u2027'
        || Category(text, place) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;

    private static UnicodeCategory Category(string text, int place) =>
        char.IsLowSurrogate(text[place]) && place > 0 ? CharUnicodeInfo.GetUnicodeCategory(text, place - 1) : CharUnicodeInfo.GetUnicodeCategory(text, place);
}
