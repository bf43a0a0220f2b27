namespace RnnTrain.Reports;

/// <summary>
/// Writes a <see cref="LineChart"/> as SVG 1.1: title and description for screen readers, lines told apart by colour and dashes, a legend
/// below. The colours are those of Okabe and Ito, "Color universal design" (2008), which colour-blind people can tell apart.
/// </summary>
internal sealed class SvgChart
{
    private const double Width = 820;
    private const double PlotLeft = 80;
    private const double PlotRight = 800;
    private const double PlotTop = 50;
    private const double PlotBottom = 400;
    private const double LegendTop = 465;
    private const double LegendRow = 20;
    private const int LegendColumns = 3;

    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00", "#56B4E9"];
    private static readonly string[] Dashes = ["none", "8 4", "2 3", "10 3 2 3"];

    private readonly LineChart chart;
    private readonly ChartAxis x;
    private readonly ChartAxis y;
    private readonly SvgDocument svg;

    public SvgChart(LineChart chart)
    {
        this.chart = chart;
        var points = chart.Lines.SelectMany(line => line.Points).ToArray();
        x = new ChartAxis(points.Select(point => point.X), AxisScale.Linear, PlotLeft, PlotRight);
        y = new ChartAxis(points.Select(point => point.Y), chart.YScale, PlotBottom, PlotTop, chart.YRange);
        var height = LegendTop + (LegendRow * Math.Ceiling(chart.Lines.Count / (double)LegendColumns));
        svg = new SvgDocument(Width, height, chart.Title, chart.Description);
    }

    public string Write()
    {
        svg.Text(Width / 2, 28, chart.Title, ("text-anchor", "middle"), ("font-size", "16"));
        WriteAxes();
        for (var i = 0; i < chart.Lines.Count; i++) WriteLine(chart.Lines[i], i);
        for (var i = 0; i < chart.Lines.Count; i++) WriteLegend(chart.Lines[i].Name, i);
        return svg.Finish();
    }

    private void WriteAxes()
    {
        foreach (var (place, label) in x.Ticks())
        {
            svg.Line(place, PlotTop, place, PlotBottom, ("stroke", "#dddddd"));
            svg.Text(place, PlotBottom + 18, label, ("text-anchor", "middle"));
        }
        foreach (var (place, label) in y.Ticks())
        {
            svg.Line(PlotLeft, place, PlotRight, place, ("stroke", "#dddddd"));
            svg.Text(PlotLeft - 6, place + 4, label, ("text-anchor", "end"));
        }
        svg.Line(PlotLeft, PlotBottom, PlotRight, PlotBottom, ("stroke", "#000000"));
        svg.Line(PlotLeft, PlotTop, PlotLeft, PlotBottom, ("stroke", "#000000"));
        var middle = (PlotTop + PlotBottom) / 2;
        svg.Text((PlotLeft + PlotRight) / 2, PlotBottom + 40, chart.XLabel, ("text-anchor", "middle"));
        svg.Text(18, middle, chart.YLabel, ("text-anchor", "middle"), ("transform", $"rotate(-90 18 {SvgDocument.Number(middle)})"));
    }

    private void WriteLine(ChartLine line, int index)
    {
        svg.Start("g", [("class", "line"), .. Stroke(index)]);
        svg.Element("title", line.Name);
        foreach (var stretch in Stretches(line.Points))
        {
            if (stretch is [var (onlyX, onlyY)]) svg.Element("circle", null, ("cx", SvgDocument.Number(onlyX)), ("cy", SvgDocument.Number(onlyY)), ("r", "2.5"), ("fill", Colour(index)));
            else svg.Element("polyline", null, ("points", string.Join(' ', stretch.Select(at => $"{SvgDocument.Number(at.X)},{SvgDocument.Number(at.Y)}"))));
        }
        svg.End();
    }

    private void WriteLegend(string name, int index)
    {
        var left = PlotLeft + ((PlotRight - PlotLeft) / LegendColumns * (index % LegendColumns));
        var top = LegendTop + (LegendRow * (index / LegendColumns));
        svg.Line(left, top - 4, left + 30, top - 4, Stroke(index));
        svg.Text(left + 36, top, name, ("class", "legend"));
    }

    /// <summary>The places of the points, cut where one has none.</summary>
    private IEnumerable<List<(double X, double Y)>> Stretches(IReadOnlyList<(double X, double Y)> points)
    {
        List<(double X, double Y)> stretch = [];
        foreach (var point in points)
        {
            if (x.Holds(point.X) && y.Holds(point.Y))
            {
                stretch.Add((x.Place(point.X), y.Place(point.Y)));
                continue;
            }
            if (stretch.Count > 0) yield return stretch;
            stretch = [];
        }
        if (stretch.Count > 0) yield return stretch;
    }

    private static string Colour(int index) => Colours[index % Colours.Length];

    private static (string Name, string Value)[] Stroke(int index) =>
        [("stroke", Colour(index)), ("stroke-width", "2"), ("stroke-dasharray", Dashes[index % Dashes.Length]), ("fill", "none")];
}
