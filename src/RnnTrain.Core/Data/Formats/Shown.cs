using System.Globalization;

namespace RnnTrain.Data.Formats;

/// <summary>Contents of files as messages show them.</summary>
internal static class Shown
{
    private const int Longest = 60;

    /// <summary>Text between quotes, cut where it is long, on one line.</summary>
    internal static string Text(string text)
    {
        var line = text.ReplaceLineEndings("⏎").Replace('\t', '⇥');
        if (line.Length <= Longest) return $"\"{line}\"";
        var length = char.IsHighSurrogate(line[Longest - 1]) ? Longest - 1 : Longest;
        return $"\"{line[..length]}…\"";
    }

    /// <summary>`1 column`, `2 columns`.</summary>
    internal static string Count(long count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {unit}{(count == 1 ? "" : "s")}");
}
