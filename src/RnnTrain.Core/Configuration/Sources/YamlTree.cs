using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RnnTrain.Configuration.Sources;

/// <summary>Reads one YAML or JSON text as a tree of <see cref="SourceNode"/>, which know where they stand.</summary>
internal sealed class YamlTree
{
    private const int DeepestNesting = 64;

    private readonly string text;
    private readonly Parser parser;
    private readonly Func<int, int, Position> at;
    private readonly MistakeList mistakes;
    private Position here;

    private YamlTree(string text, Func<int, int, Position> at, MistakeList mistakes)
    {
        this.text = text;
        parser = new Parser(new StringReader(text));
        this.at = at;
        this.mistakes = mistakes;
        here = at(1, 1);
    }

    /// <summary>The tree of a file's text, or null where the text holds nothing but comments.</summary>
    public static SourceNode? OfFile(string text, string file, MistakeList mistakes) =>
        new YamlTree(text, (line, column) => new Position(file, line, column), mistakes).Read("");

    /// <summary>The tree of the value of `--set key=value`; all of it stands at that option.</summary>
    public static SourceNode? OfOption(string text, Position option, string path, MistakeList mistakes) =>
        new YamlTree(text, (_, _) => option, mistakes).Read(path);

    private SourceNode? Read(string path)
    {
        RefuseControlCharacters(path);
        try
        {
            return ReadDocument(path);
        }
        catch (YamlException e) when (e.Message.Contains("tab", StringComparison.Ordinal) && SyntaxMistake.TabInIndentation(text) is { } tab)
        {
            throw mistakes.Fatal(at(tab.Line, tab.Column), path, "not valid YAML: a tab in the indentation; use spaces");
        }
        catch (YamlException e)
        {
            throw mistakes.Fatal(Place(e.Start), path, SyntaxMistake.Describe(text, e.Start.Index, e.Message));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The parser's own way to say that brackets are left open at the end of a line.
            throw mistakes.Fatal(here, path, "not valid YAML after this; close what is open: brackets, braces, quotes");
        }
    }

    private SourceNode? ReadDocument(string path)
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _)) return null;
        parser.Consume<DocumentStart>();
        var root = ReadNode(path, depth: 0);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
            throw mistakes.Fatal(Place(second.Start), path, "a second document begins here; a configuration is one document: remove the '---'");
        return root;
    }

    private SourceNode ReadNode(string path, int depth)
    {
        parser.Accept<ParsingEvent>(out var next);
        var place = here = Place(next!.Start);
        if (depth > DeepestNesting)
            throw mistakes.Fatal(place, "", $"nested deeper than {DeepestNesting} blocks; no configuration needs that");
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            mistakes.Add(place, path, $"found the alias '*{alias.Value}'; put a text that begins with '*' in quotes; aliases are not read");
            return new RefusedNode(place);
        }

        var refused = RefuseDecorations((NodeEvent)next, place, path);
        SourceNode node;
        if (parser.TryConsume<Scalar>(out var scalar)) node = new ScalarNode(place, scalar.Value, scalar.Style == ScalarStyle.Plain);
        else if (parser.TryConsume<SequenceStart>(out _)) node = ReadSequence(place, path, depth);
        else node = ReadMapping(place, path, depth);
        return refused ? new RefusedNode(place) : node;
    }

    private bool RefuseDecorations(NodeEvent node, Position place, string path)
    {
        if (!node.Anchor.IsEmpty)
            mistakes.Add(place, path, $"found the anchor '&{node.Anchor.Value}'; put a text that begins with '&' in quotes; anchors are not read");
        if (!node.Tag.IsEmpty)
            mistakes.Add(place, path, $"found the tag '{node.Tag.Value}'; put a text that begins with '!' in quotes; tags are not read");
        return !node.Tag.IsEmpty;
    }

    private SequenceNode ReadSequence(Position place, string path, int depth)
    {
        var items = new List<SourceNode>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode($"{path}[{items.Count}]", depth + 1));
        return new SequenceNode(place, items);
    }

    private MappingNode ReadMapping(Position place, string path, int depth)
    {
        parser.Consume<MappingStart>();
        var entries = new List<MappingEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            parser.Accept<ParsingEvent>(out var next);
            var keyPlace = here = Place(next!.Start);
            if (!parser.TryConsume<Scalar>(out var key) || key.Value.Length == 0)
                throw mistakes.Fatal(keyPlace, path, "a key must be one word");
            var keyPath = path.Length == 0 ? key.Value : $"{path}.{key.Value}";
            var value = ReadNode(keyPath, depth + 1);
            var first = entries.Find(entry => entry.Key == key.Value);
            if (first is null) entries.Add(new MappingEntry(key.Value, keyPlace, value));
            else mistakes.Add(keyPlace, keyPath, $"the key is given twice, first in line {first.At.Line}; keep one of the two");
        }

        return new MappingNode(place, entries);
    }

    private void RefuseControlCharacters(string path)
    {
        var index = 0;
        while (index < text.Length && (!char.IsControl(text[index]) || text[index] is '\t' or '\n' or '\r' or '\u0085'))
            index++;
        if (index == text.Length) return;
        var lineStart = text.LastIndexOf('\n', index) + 1;
        var line = 1 + text.AsSpan(0, index).Count('\n');
        throw mistakes.Fatal(at(line, index - lineStart + 1), path, $"found the control character U+{(int)text[index]:X4}; remove it");
    }

    private Position Place(Mark mark) => at((int)mark.Line, (int)mark.Column);
}
