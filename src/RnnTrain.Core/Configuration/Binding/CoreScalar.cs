using System.Globalization;

namespace RnnTrain.Configuration.Binding;

/// <summary>
/// What an unquoted word means: YAML 1.2's core schema, without what readers disagree on (numbers with a leading zero, in another base,
/// or with underscores are refused where a number is wanted).
/// </summary>
internal static class CoreScalar
{
    public static bool? Boolean(string text) => text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    public static bool IsInteger(string text)
    {
        var digits = WithoutSign(text);
        return digits.Length > 0 && AllDigits(digits) && (digits.Length == 1 || digits[0] != '0');
    }

    /// <summary>Digits, with a point or an exponent or both, or without.</summary>
    public static bool IsNumber(string text)
    {
        var rest = WithoutSign(text);
        var whole = Digits(rest);
        rest = rest[whole..];
        var fraction = 0;
        if (rest.StartsWith('.'))
        {
            fraction = Digits(rest[1..]);
            rest = rest[(1 + fraction)..];
        }

        if (whole + fraction == 0 || (whole > 1 && WithoutSign(text)[0] == '0')) return false;
        if (rest.Length == 0) return true;
        if (rest[0] is not ('e' or 'E')) return false;
        rest = WithoutSign(rest[1..]);
        return rest.Length > 0 && AllDigits(rest);
    }

    public static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>What to do about a word that stands where a number is wanted; empty where there is nothing to say.</summary>
    public static string NumberAdvice(string text)
    {
        if (text is ".inf" or "-.inf" or "+.inf" or ".nan" or ".Inf" or ".NaN" or ".INF" or ".NAN") return "; a number must be finite";
        if (text.StartsWith("0x", StringComparison.Ordinal) || text.StartsWith("0o", StringComparison.Ordinal)) return "; write it in decimal";
        if (text.Contains(',') && IsNumber(text.Replace(",", "", StringComparison.Ordinal))) return "; write no comma: 1.5, 1000";
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        var zeros = WithoutSign(plain).TrimStart('0');
        if (zeros.Length > 0 && !char.IsAsciiDigit(zeros[0])) zeros = "0" + zeros;
        var decimalForm = (plain.StartsWith('-') ? "-" : "") + zeros;
        return decimalForm != text && IsNumber(decimalForm) ? $"; write {decimalForm}" : "";
    }

    private static string WithoutSign(string text) => text.StartsWith('-') || text.StartsWith('+') ? text[1..] : text;

    private static int Digits(string text) => text.TakeWhile(char.IsAsciiDigit).Count();

    private static bool AllDigits(string text) => Digits(text) == text.Length;
}
