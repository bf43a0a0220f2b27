using System.Collections;
using System.Globalization;

namespace RnnTrain.Prediction;

/// <summary>Fields of an answer as text.</summary>
internal static class FieldText
{
    /// <summary>Numbers in six digits, lists with spaces between, dictionaries as `name=number`.</summary>
    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        float number => number.ToString("G6", CultureInfo.InvariantCulture),
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        IEnumerable<KeyValuePair<string, double>> numbers => string.Join(' ', numbers.Select(pair => $"{pair.Key}={Of(pair.Value)}")),
        IEnumerable list => string.Join(' ', list.Cast<object?>().Select(Of)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
