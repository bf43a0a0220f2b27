using System.Globalization;
using System.Xml.Linq;
using RnnTrain.Reports;

namespace RnnTrain.Tests.Reports;

public sealed class HeatMapTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static HeatMap Map(string[] rows, string[] columns, params float[] shares)
    {
        var table = new float[rows.Length, columns.Length];
        Buffer.BlockCopy(shares, 0, table, 0, shares.Length * sizeof(float));
        return new HeatMap { Title = "a < b & \"c\"", Description = "What was looked at.", Rows = rows, Columns = columns, Shares = table };
    }

    private static XElement Parsed(HeatMap map) => XDocument.Parse(map.ToSvg()).Root!;

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static XElement[] OfClass(XElement svg, string name) => [.. svg.Descendants().Where(element => element.Attribute("class")?.Value == name)];

    [Fact]
    public void Each_share_has_a_square_in_its_row_and_column_darker_the_larger_it_is()
    {
        var squares = OfClass(Parsed(Map(["ein", "Hund"], ["a", "big", "dog"], 1f, 0f, 0.5f, 0.25f, 0.75f, 0.125f)), "share");
        Assert.Equal(6, squares.Length);
        Assert.Equal(["#0072B2", "#FFFFFF", "#80B9D9"], squares.Take(3).Select(square => square.Attribute("fill")!.Value));
        Assert.Equal("Hund – big: 0.75", squares[4].Element(Svg + "title")!.Value);
        for (var place = 0; place < 6; place++)
        {
            Assert.Equal(Number(squares[0], "x") + place % 3 * Number(squares[0], "width"), Number(squares[place], "x"), 0.01);
            Assert.Equal(Number(squares[0], "y") + place / 3 * Number(squares[0], "height"), Number(squares[place], "y"), 0.01);
        }
    }

    [Fact]
    public void Names_of_any_writing_are_there_and_stand_inside_the_picture()
    {
        string[] names = ["<unk> & \"x\"", "北京大学", "مرحبا", "😀", "нет", "e\u0301", "ﷺ", "\uD83D", "a\nb\t", "\u0000"];
        var svg = Parsed(Map(names, names, new float[100]));
        string[] shown = ["<unk> & \"x\"", "北京大学", "مرحبا", "😀", "нет", "e\u0301", "ﷺ", "\uFFFD", "a␊b␉", "␀"];
        Assert.Equal(shown, OfClass(svg, "row").Select(row => row.Value));
        Assert.Equal(shown, OfClass(svg, "column").Select(column => column.Value));
        Assert.All(OfClass(svg, "share"), square =>
        {
            Assert.InRange(Number(square, "x"), 0, Number(svg, "width") - Number(square, "width"));
            Assert.InRange(Number(square, "y"), 0, Number(svg, "height") - Number(square, "height"));
        });
    }

    [Fact]
    public void Longer_names_get_more_room_and_endless_ones_are_cut()
    {
        var brief = Parsed(Map(["a"], ["b"], 1f));
        var wide = Parsed(Map(["a considerably longer name"], ["b"], 1f));
        Assert.True(Number(OfClass(wide, "share")[0], "x") > Number(OfClass(brief, "share")[0], "x") + 100);
        var cut = OfClass(Parsed(Map([new string('w', 500)], ["b"], 1f)), "row").Single().Value;
        Assert.Equal(new string('w', 39) + "…", cut);
    }

    [Fact]
    public void The_same_table_gives_the_same_bytes_whatever_the_culture()
    {
        var map = Map(["ein", "Hund"], ["a", "dog"], 0.1f, 0.9f, 0.123456f, 1f);
        var svg = map.ToSvg();
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            Assert.Equal("0,5", $"{0.5}");
            Assert.Equal(svg, map.ToSvg());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Assert.DoesNotContain('\r', svg);
        Assert.EndsWith("</svg>\n", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Title_and_description_are_there_for_screen_readers()
    {
        var svg = Parsed(Map([], [], []));
        Assert.Equal("a < b & \"c\"", svg.Element(Svg + "title")!.Value);
        Assert.Equal("What was looked at.", svg.Element(Svg + "desc")!.Value);
    }

    [Fact]
    public void Shares_that_do_not_fit_the_names_are_refused() => Assert.Throws<ArgumentException>(() => Map(["a", "b"], ["c"], 1f) with { Rows = ["a"] } is var map ? map.ToSvg() : "");
}
