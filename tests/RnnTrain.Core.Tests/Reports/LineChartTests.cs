using System.Globalization;
using System.Xml.Linq;
using RnnTrain.Reports;

namespace RnnTrain.Tests.Reports;

public sealed class LineChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static LineChart Chart(AxisScale scale, params ChartLine[] lines) => new()
    {
        Title = "Loss < gain & \"more\"",
        XLabel = "step",
        YLabel = "nats",
        YScale = scale,
        Description = "It falls.",
        Lines = lines,
    };

    private static XElement Parsed(LineChart chart) => XDocument.Parse(chart.ToSvg()).Root!;

    private static (double X, double Y)[][] Polylines(XElement svg) =>
    [
        .. svg.Descendants(Svg + "polyline").Select(line => line.Attribute("points")!.Value.Split(' ')
            .Select(pair => pair.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())
            .Select(pair => (pair[0], pair[1])).ToArray()),
    ];

    /// <summary>Where a marked number stands on an axis, read from its label.</summary>
    private static double Place(XElement svg, string label, string axis, string anchor) => double.Parse(
        svg.Elements(Svg + "text").First(text => text.Value == label && text.Attribute("text-anchor")?.Value == anchor).Attribute(axis)!.Value,
        CultureInfo.InvariantCulture);

    [Fact]
    public void Points_stand_where_the_axes_say()
    {
        var svg = Parsed(Chart(AxisScale.Linear, new ChartLine("a", [(0, 1), (50, 3), (100, 2)])));
        var points = Assert.Single(Polylines(svg));
        Assert.Equal(Place(svg, "0", "x", "middle"), points[0].X, 0.01);
        Assert.Equal(Place(svg, "50", "x", "middle"), points[1].X, 0.01);
        Assert.Equal(Place(svg, "100", "x", "middle"), points[2].X, 0.01);
        const double Baseline = 4; // a label stands lower than the line it names
        Assert.Equal(Place(svg, "1", "y", "end") - Baseline, points[0].Y, 0.01);
        Assert.Equal(Place(svg, "3", "y", "end") - Baseline, points[1].Y, 0.01);
        Assert.Equal(Place(svg, "2", "y", "end") - Baseline, points[2].Y, 0.01);
        Assert.True(points[1].Y < points[2].Y, "larger numbers stand higher");
    }

    [Fact]
    public void On_a_logarithmic_axis_equal_ratios_are_equally_far_apart()
    {
        var svg = Parsed(Chart(AxisScale.Logarithmic, new ChartLine("a", [(0, 1), (1, 0.1), (2, 0.01), (3, 1e-9)])));
        var y = Assert.Single(Polylines(svg)).Select(point => point.Y).ToArray();
        Assert.Equal(y[1] - y[0], y[2] - y[1], 0.02);
        Assert.Equal(7 * (y[1] - y[0]), y[3] - y[2], 0.05);
        Assert.Contains(svg.Elements(Svg + "text"), text => text.Value == "1e-9");
    }

    [Fact]
    public void A_point_without_a_place_breaks_the_line_and_a_single_one_is_a_dot()
    {
        var svg = Parsed(Chart(AxisScale.Logarithmic, new ChartLine("a", [(0, 1), (1, 2), (2, 0), (3, 4), (4, double.NaN), (5, 2), (6, 3)])));
        Assert.Equal([2, 2], Polylines(svg).Select(line => line.Length));
        Assert.Single(svg.Descendants(Svg + "circle"));
    }

    [Fact]
    public void A_line_ends_where_it_leaves_the_range()
    {
        var svg = Parsed(Chart(AxisScale.Logarithmic, new ChartLine("a", [(0, 1), (1, 1e-3), (2, 1e-80)])) with { YRange = (1e-6, 1e6) });
        Assert.Equal(2, Assert.Single(Polylines(svg)).Length);
        Assert.DoesNotContain(svg.Elements(Svg + "text"), text => text.Value.StartsWith("1e-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_screen_reader_finds_title_description_axes_and_legend()
    {
        var svg = Parsed(Chart(AxisScale.Linear, new ChartLine("one", [(0, 1), (1, 2)]), new ChartLine("two\u0001", [(0, 2), (1, 1)])));
        Assert.Equal("img", svg.Attribute("role")!.Value);
        var named = svg.Attribute("aria-labelledby")!.Value.Split(' ').Select(id => svg.Elements().Single(child => child.Attribute("id")?.Value == id).Value);
        Assert.Equal(["Loss < gain & \"more\"", "It falls."], named);
        var texts = svg.Elements(Svg + "text").Select(text => text.Value).ToArray();
        Assert.Contains("step", texts);
        Assert.Contains("nats", texts);
        Assert.Equal(["one", "two␁"], svg.Elements(Svg + "text").Where(text => text.Attribute("class")?.Value == "legend").Select(text => text.Value));
        var strokes = svg.Elements(Svg + "g").Select(line => (line.Attribute("stroke")!.Value, line.Attribute("stroke-dasharray")!.Value)).ToArray();
        Assert.NotEqual(strokes[0].Item1, strokes[1].Item1);
        Assert.NotEqual(strokes[0].Item2, strokes[1].Item2);
    }

    [Fact]
    public void Everything_stands_within_the_picture()
    {
        var lines = Enumerable.Range(0, 9).Select(i => new ChartLine($"line {i}", [(0, -1e7 * i), (1, 1e7)])).ToArray();
        var svg = Parsed(Chart(AxisScale.Linear, lines));
        var height = double.Parse(svg.Attribute("height")!.Value, CultureInfo.InvariantCulture);
        foreach (var (x, y) in Polylines(svg).SelectMany(line => line))
        {
            Assert.InRange(x, 80, 800);
            Assert.InRange(y, 50, 400);
        }
        Assert.All(svg.Elements(Svg + "text"), text => Assert.InRange(double.Parse(text.Attribute("y")!.Value, CultureInfo.InvariantCulture), 0, height));
    }

    [Theory]
    [InlineData(AxisScale.Linear)]
    [InlineData(AxisScale.Logarithmic)]
    public void Lines_without_points_and_lines_without_height_are_drawn_too(AxisScale scale)
    {
        Assert.Empty(Polylines(Parsed(Chart(scale))));
        Assert.Empty(Polylines(Parsed(Chart(scale, new ChartLine("a", [(0, 0.0 / 0)])))));
        var level = Assert.Single(Polylines(Parsed(Chart(scale, new ChartLine("a", [(3, 5), (4, 5)])))));
        Assert.Equal(level[0].Y, level[1].Y);
    }

    [Fact]
    public void The_same_chart_is_the_same_text_under_every_culture()
    {
        var chart = Chart(AxisScale.Linear, new ChartLine("a", [(0.5, 1.25), (1.5, 2.75)]));
        var first = chart.ToSvg();
        var culture = CultureInfo.CurrentCulture;
        var withCommas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        withCommas.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = withCommas;
            Assert.Equal(first, chart.ToSvg());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
        Assert.DoesNotContain('\r', first);
    }
}
