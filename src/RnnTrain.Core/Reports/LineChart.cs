namespace RnnTrain.Reports;

/// <summary>A chart of lines over two axes. The same chart gives the same SVG, byte for byte.</summary>
public sealed record LineChart
{
    /// <summary>What it shows, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>What stands on the horizontal axis, with its unit.</summary>
    public required string XLabel { get; init; }

    /// <summary>What stands on the vertical axis, with its unit.</summary>
    public required string YLabel { get; init; }

    public AxisScale YScale { get; init; } = AxisScale.Linear;

    /// <summary>What has a place on the vertical axis; a line ends where it leaves this range. Everything if null.</summary>
    public (double Least, double Most)? YRange { get; init; }

    /// <summary>What somebody who cannot see the chart should know, a sentence or two.</summary>
    public string Description { get; init; } = "";

    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>The chart as an SVG document.</summary>
    public string ToSvg() => new SvgChart(this).Write();
}
