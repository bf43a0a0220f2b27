using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RnnTrain.Configuration.Sources;

/// <summary>Reads one YAML or JSON text as a tree of <see cref="SourceNode"/>, which know where they stand.</summary>
internal sealed class YamlTree
{
    private const int DeepestNesting = 64;

    private readonly Parser parser;
    private readonly Func<Mark, Position> at;
    private readonly MistakeList mistakes;

    private YamlTree(string text, Func<Mark, Position> at, MistakeList mistakes)
    {
        parser = new Parser(new StringReader(text));
        this.at = at;
        this.mistakes = mistakes;
    }

    /// <summary>The tree of a file's text, or null where the text holds nothing but comments.</summary>
    public static SourceNode? OfFile(string text, string file, MistakeList mistakes) =>
        new YamlTree(text, mark => new Position(file, (int)mark.Line, (int)mark.Column), mistakes).ReadDocument("");

    /// <summary>The tree of the value of `--set key=value`; all of it stands at that option.</summary>
    public static SourceNode? OfOption(string text, Position option, string path, MistakeList mistakes) =>
        new YamlTree(text, _ => option, mistakes).ReadDocument(path);

    private SourceNode? ReadDocument(string path)
    {
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _)) return null;
            parser.Consume<DocumentStart>();
            var root = ReadNode(path, depth: 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _))
                throw mistakes.Fatal(at(parser.Current!.Start), path, "a second document begins here; a configuration is one document: remove the '---'");
            return root;
        }
        catch (YamlException e)
        {
            throw mistakes.Fatal(at(e.Start), path, SyntaxMistake.Describe(e.Message));
        }
    }

    private SourceNode ReadNode(string path, int depth)
    {
        parser.Accept<ParsingEvent>(out var next);
        var place = at(next!.Start);
        if (depth > DeepestNesting) throw mistakes.Fatal(place, "", $"blocks are nested deeper than {DeepestNesting}; no configuration needs that");
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            mistakes.Add(place, path, $"found the alias '*{alias.Value}'; aliases are not read: write the value again, or use extends");
            return new RefusedNode(place);
        }

        if (parser.Accept<NodeEvent>(out var node)) RefuseDecorations(node, place, path);
        if (parser.TryConsume<Scalar>(out var scalar)) return new ScalarNode(place, scalar.Value, scalar.Style == ScalarStyle.Plain);
        if (parser.TryConsume<SequenceStart>(out _)) return ReadSequence(place, path, depth);
        parser.Consume<MappingStart>();
        return ReadMapping(place, path, depth);
    }

    private void RefuseDecorations(NodeEvent node, Position place, string path)
    {
        if (!node.Anchor.IsEmpty) mistakes.Add(place, path, $"found the anchor '&{node.Anchor.Value}'; anchors are not read: remove it");
        if (!node.Tag.IsEmpty) mistakes.Add(place, path, $"found the tag '{node.Tag.Value}'; tags are not read: remove it");
    }

    private SequenceNode ReadSequence(Position place, string path, int depth)
    {
        var items = new List<SourceNode>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode($"{path}[{items.Count}]", depth + 1));
        return new SequenceNode(place, items);
    }

    private MappingNode ReadMapping(Position place, string path, int depth)
    {
        var entries = new List<MappingEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
            {
                parser.Accept<ParsingEvent>(out var found);
                throw mistakes.Fatal(at(found!.Start), path, "a key must be one word");
            }

            var keyPath = path.Length == 0 ? key.Value : $"{path}.{key.Value}";
            var keyPlace = at(key.Start);
            var value = ReadNode(keyPath, depth + 1);
            var first = entries.Find(entry => entry.Key == key.Value);
            if (first is null) entries.Add(new MappingEntry(key.Value, keyPlace, value));
            else mistakes.Add(keyPlace, keyPath, $"the key is given twice, first in line {first.At.Line}; keep one of the two");
        }

        return new MappingNode(place, entries);
    }
}
