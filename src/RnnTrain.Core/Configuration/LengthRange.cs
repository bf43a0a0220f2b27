using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RnnTrain.Configuration;

/// <summary>A length, or the lengths from one to another, both among them.</summary>
public readonly record struct LengthRange(int Minimum, int Maximum) : IParsable<LengthRange>
{
    /// <summary>The longest there may be.</summary>
    public const int Most = 1_000_000;

    public static LengthRange Parse(string text, IFormatProvider? provider) => TryParse(text, provider, out var value)
        ? value : throw new FormatException($"a whole number from 1 to {Most}, or a range of such, the smaller first: 1..100");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out LengthRange value)
    {
        value = default;
        var ends = (text ?? "").Split("..");
        if (ends.Length > 2 || !TryLength(ends[0], out var minimum) || !TryLength(ends[^1], out var maximum) || minimum > maximum) return false;
        value = new LengthRange(minimum, maximum);
        return true;
    }

    public override string ToString() => Minimum == Maximum
        ? Minimum.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Minimum}..{Maximum}");

    private static bool TryLength(string text, out int length) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length is >= 1 and <= Most;
}
