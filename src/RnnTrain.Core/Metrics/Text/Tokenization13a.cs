using System.Text.RegularExpressions;

namespace RnnTrain.Metrics.Text;

/// <summary>
/// The words of a segment as NIST's mteval-v13a.pl cuts them, which WMT and sacreBLEU (`tok:13a`) score by: four XML entities are read, a hyphen
/// at the end of a line joins, ASCII punctuation stands alone, full stop and comma too unless digits surround them, and a hyphen behind a digit.
/// </summary>
public static partial class Tokenization13a
{
    /// <summary>The words of a segment.</summary>
    public static string[] Words(string segment)
    {
        var text = PythonText.TrimEnd(segment).Replace("<skipped>", "").Replace("-\n", "").Replace('\n', ' ');
        if (text.Contains('&')) text = text.Replace("&quot;", "\"").Replace("&amp;", "&").Replace("&lt;", "<").Replace("&gt;", ">");
        text = Punctuation().Replace($" {text} ", " $1 ");
        text = StopBehindNoDigit().Replace(text, "$1 $2 ");
        text = StopBeforeNoDigit().Replace(text, " $1 $2");
        text = HyphenBehindDigit().Replace(text, "$1 $2 ");
        return PythonText.Split(text);
    }

    // every ASCII sign but ' , - .
    [GeneratedRegex(@"([!""#$%&()*+/:;<=>?@\[\\\]^_`{|}~])", RegexOptions.CultureInvariant)]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"([^0-9])([.,])", RegexOptions.CultureInvariant)]
    private static partial Regex StopBehindNoDigit();

    [GeneratedRegex(@"([.,])([^0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex StopBeforeNoDigit();

    [GeneratedRegex(@"([0-9])(-)", RegexOptions.CultureInvariant)]
    private static partial Regex HyphenBehindDigit();
}
