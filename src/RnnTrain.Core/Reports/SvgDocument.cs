using System.Globalization;
using System.Text;
using System.Xml;

namespace RnnTrain.Reports;

/// <summary>
/// A picture in SVG 1.1 that is being written: title and description for screen readers, white ground. The same calls give the same bytes.
/// </summary>
internal sealed class SvgDocument
{
    private const string Namespace = "http://www.w3.org/2000/svg";
    private const char ControlPictures = '\u2400'; // ␀, and so on for every control character

    private readonly StringBuilder text = new();
    private readonly XmlWriter xml;

    /// <param name="width">In units of the picture, pixels where nothing scales it.</param>
    /// <param name="height">In the same units.</param>
    /// <param name="title">What it shows, in one line.</param>
    /// <param name="description">What somebody who cannot see it should know.</param>
    public SvgDocument(double width, double height, string title, string description)
    {
        xml = XmlWriter.Create(new StringWriter(text, CultureInfo.InvariantCulture), new XmlWriterSettings
        {
            Indent = true,
            NewLineChars = "\n",
            OmitXmlDeclaration = true,
        });
        Start("svg", ("viewBox", $"0 0 {Number(width)} {Number(height)}"), ("width", Number(width)), ("height", Number(height)),
            ("role", "img"), ("aria-labelledby", "title description"), ("font-family", "sans-serif"), ("font-size", "13"));
        Element("title", title, ("id", "title"));
        Element("desc", description, ("id", "description"));
        Element("rect", null, ("width", "100%"), ("height", "100%"), ("fill", "#ffffff"));
    }

    /// <summary>A number as attributes hold it, to hundredths.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public void Line(double x1, double y1, double x2, double y2, params (string Name, string Value)[] attributes) =>
        Element("line", null, [("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)), .. attributes]);

    public void Text(double left, double top, string content, params (string Name, string Value)[] attributes) =>
        Element("text", content, [("x", Number(left)), ("y", Number(top)), .. attributes]);

    /// <summary>Opens an element, which <see cref="End"/> closes.</summary>
    public void Start(string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name, Namespace);
        foreach (var (attribute, value) in attributes) xml.WriteAttributeString(attribute, Visible(value));
    }

    public void Element(string name, string? content, params (string Name, string Value)[] attributes)
    {
        Start(name, attributes);
        if (content is not null) xml.WriteString(Visible(content));
        End();
    }

    public void End() => xml.WriteEndElement();

    /// <summary>The whole document, with a line feed at its end.</summary>
    public string Finish()
    {
        End();
        xml.Flush();
        return text.Append('\n').ToString();
    }

    /// <summary>A text without what XML cannot hold or nobody can see: control characters have pictures, half characters become U+FFFD.</summary>
    public static string Visible(string value)
    {
        var visible = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.Value < ' ') visible.Append((char)(ControlPictures + rune.Value));
            else if (rune.Value is '\u007F' or '\uFFFE' or '\uFFFF') visible.Append('\uFFFD');
            else visible.Append(rune.ToString());
        }

        return visible.ToString();
    }
}
