namespace RnnTrain.Reports;

/// <summary>A table of shares as squares, the darker the more. The same table gives the same SVG, byte for byte.</summary>
public sealed record HeatMap
{
    /// <summary>What it shows, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>What somebody who cannot see it should know, a sentence or two.</summary>
    public string Description { get; init; } = "";

    /// <summary>A name a row, from the top.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>A name a column, from the left.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>From 0 to 1: [rows, columns].</summary>
    public required float[,] Shares { get; init; }

    /// <summary>The table as an SVG document.</summary>
    /// <exception cref="ArgumentException">There are not as many shares as rows and columns.</exception>
    public string ToSvg() => new SvgHeatMap(this).Write();
}
