using System.Globalization;
using System.Text;

namespace RnnTrain.Reports;

/// <summary>
/// Writes a <see cref="HeatMap"/> as SVG: row names on the left, column names slanted above, a square for each share that tells its number where
/// the pointer rests, a scale below. White to the blue of Okabe and Ito (2008), which is also darker where colours cannot be seen.
/// </summary>
internal sealed class SvgHeatMap
{
    private const double Cell = 26;
    private const double Gap = 8; // between names and squares
    private const double Margin = 16;
    private const double TitleHeight = 36;
    private const double ScaleHeight = 64;
    private const double ScaleSquare = 40;
    private const double NarrowLetter = 7.8; // at 13 units, about
    private const double WideLetter = 13.5; // ideographs and the like
    private const double Slant = 0.7071; // sin 45°
    private const int LongestName = 40; // characters; what is longer is cut

    private static readonly (int R, int G, int B) Darkest = (0x00, 0x72, 0xB2);

    private readonly HeatMap map;
    private readonly string[] rows;
    private readonly string[] columns;
    private readonly double left; // of the first column
    private readonly double top; // of the first row
    private readonly SvgDocument svg;

    public SvgHeatMap(HeatMap map)
    {
        if (map.Shares.GetLength(0) != map.Rows.Count || map.Shares.GetLength(1) != map.Columns.Count)
            throw new ArgumentException($"{map.Rows.Count} rows and {map.Columns.Count} columns, but {map.Shares.GetLength(0)} × {map.Shares.GetLength(1)} shares");
        this.map = map;
        rows = [.. map.Rows.Select(Cut)];
        columns = [.. map.Columns.Select(Cut)];
        left = Margin + rows.Select(Width).DefaultIfEmpty().Max() + Gap;
        top = TitleHeight + columns.Select(Width).DefaultIfEmpty().Max() * Slant + Gap;
        var right = columns.Select((name, column) => left + (column + 0.5) * Cell + Width(name) * Slant).Append(left + columns.Length * Cell).Max();
        var width = new[] { right, Margin + Width(map.Title) * 16 / 13, Margin + 5 * ScaleSquare }.Max() + Margin;
        svg = new SvgDocument(Math.Ceiling(width), Math.Ceiling(top + rows.Length * Cell + ScaleHeight), map.Title, map.Description);
    }

    public string Write()
    {
        svg.Text(Margin, 24, map.Title, ("font-size", "16"));
        for (var column = 0; column < columns.Length; column++)
        {
            var (x, y) = (SvgDocument.Number(left + (column + 0.6) * Cell), SvgDocument.Number(top - Gap));
            svg.Text(left + (column + 0.6) * Cell, top - Gap, columns[column], ("class", "column"), ("transform", $"rotate(-45 {x} {y})"));
        }

        for (var row = 0; row < rows.Length; row++) WriteRow(row);
        WriteScale(top + rows.Length * Cell + 20);
        return svg.Finish();
    }

    private void WriteRow(int row)
    {
        svg.Text(left - Gap, top + (row + 0.5) * Cell + 4, rows[row], ("class", "row"), ("text-anchor", "end"));
        for (var column = 0; column < columns.Length; column++)
        {
            var share = map.Shares[row, column];
            svg.Start("rect", [.. Square(left + column * Cell, top + row * Cell, Cell, share), ("class", "share")]);
            svg.Element("title", string.Create(CultureInfo.InvariantCulture, $"{map.Rows[row]} – {map.Columns[column]}: {share:0.###}"));
            svg.End();
        }
    }

    private void WriteScale(double y)
    {
        for (var step = 0; step <= 4; step++)
        {
            svg.Element("rect", null, Square(Margin + step * ScaleSquare, y, ScaleSquare, step / 4f, height: 12));
            svg.Text(Margin + (step + 0.5) * ScaleSquare, y + 28, SvgDocument.Number(step / 4.0), ("text-anchor", "middle"));
        }
    }

    private static (string Name, string Value)[] Square(double x, double y, double width, float share, double? height = null) =>
    [
        ("x", SvgDocument.Number(x)), ("y", SvgDocument.Number(y)), ("width", SvgDocument.Number(width)), ("height", SvgDocument.Number(height ?? width)),
        ("fill", Colour(share)), ("stroke", "#dddddd"),
    ];

    private static string Colour(float share)
    {
        var dark = float.IsNaN(share) ? 0 : Math.Clamp(share, 0, 1);
        return string.Create(CultureInfo.InvariantCulture, $"#{Part(Darkest.R):X2}{Part(Darkest.G):X2}{Part(Darkest.B):X2}");

        int Part(int darkest) => (int)Math.Round(255 + dark * (darkest - 255), MidpointRounding.AwayFromZero);
    }

    private static string Cut(string name)
    {
        var visible = SvgDocument.Visible(name);
        var letters = StringInfo.ParseCombiningCharacters(visible); // where each letter begins
        return letters.Length <= LongestName ? visible : visible[..letters[LongestName - 1]] + "…";
    }

    /// <summary>About how wide a name is.</summary>
    private static double Width(string name) => name.EnumerateRunes().Sum(letter => IsWide(letter) ? WideLetter : NarrowLetter);

    private static bool IsWide(Rune letter) => letter.Value is >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3
        or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD;
}
