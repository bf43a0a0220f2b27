namespace RnnTrain.Configuration.Sources;

/// <summary>Reads a file and those it extends, and merges them.</summary>
internal sealed class SourceFiles(Func<string, string?> environment, MistakeList mistakes)
{
    private const string Extends = "extends";

    private readonly List<string> files = [];

    /// <summary>The files that were read, the first one asked for first.</summary>
    public IReadOnlyList<string> Files => files;

    public MappingNode Read(string file)
    {
        files.Add(file);
        return Complete(Parse(TextFile.Read(file, new Position(file, 0, 0), "", mistakes), file), file, [file]);
    }

    public MappingNode ReadText(string text, string file) => Complete(Parse(text, file), file, [file]);

    private MappingNode Parse(string text, string file) => YamlTree.OfFile(text, file, mistakes) switch
    {
        MappingNode root => root,
        null or ScalarNode { IsNull: true } =>
            throw mistakes.Fatal(new Position(file, 0, 0), "", "the file is empty; start from one of configs/"),
        ScalarNode { Plain: true } word when word.Text.Contains(':') =>
            throw mistakes.Fatal(word.At, "", "a key is followed by ': ', with a space, and its value"),
        { } other => throw mistakes.Fatal(other.At, "", "a configuration is a block of keys, and begins for instance with `name: my_run`"),
    };

    // chain: the files from the one asked for to this one.
    private MappingNode Complete(MappingNode root, string file, IReadOnlyList<string> chain)
    {
        if (root.Find(Extends) is not { } entry) return root;
        root = root with { Entries = [.. root.Entries.Where(other => other != entry)] };
        var value = new Interpolation(environment, mistakes).Resolve(entry.Value, Extends);
        if (value is RefusedNode) throw mistakes.ToException();
        if (value is not ScalarNode { IsNull: false } name)
            throw mistakes.Fatal(value.At, Extends, "name one file, by its path from the folder of this file");

        var other = Resolve(name.Text, file);
        if (chain.Any(link => Path.GetFullPath(link) == Path.GetFullPath(other)))
        {
            var circle = string.Join(" extends ", chain.SkipWhile(link => Path.GetFullPath(link) != Path.GetFullPath(other)).Append(other));
            throw mistakes.Fatal(value.At, Extends, $"{circle}: a circle; remove one of these");
        }

        var text = TextFile.Read(other, value.At, Extends, mistakes);
        files.Add(other);
        return (MappingNode)Merging.Merge(Complete(Parse(text, other), other, [.. chain, other]), root);
    }

    // Shown as the user wrote the first file: from the working folder if that was, else from the root.
    private static string Resolve(string name, string from)
    {
        var full = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(from))!, name));
        return Path.IsPathRooted(from) || Path.IsPathRooted(name) ? full : Path.GetRelativePath(Environment.CurrentDirectory, full);
    }
}
