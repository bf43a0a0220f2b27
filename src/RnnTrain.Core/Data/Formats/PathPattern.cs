using System.IO.Enumeration;

namespace RnnTrain.Data.Formats;

/// <summary>
/// A glob over absolute paths: '*' is any run of characters of a name, '?' any one character, '**' as a whole name any number of
/// folders, none included. Case matters. Wildcards pass over names that begin with '.', and never follow a link to a folder.
/// </summary>
public sealed class PathPattern
{
    private readonly string start;
    private readonly string[] names;

    /// <param name="fullPattern">The pattern, absolute.</param>
    public PathPattern(string fullPattern)
    {
        start = Path.GetPathRoot(fullPattern)!;
        names = NamesOf(fullPattern[start.Length..]);
    }

    public static bool IsGlob(string entry) => entry.AsSpan().ContainsAny('*', '?');

    /// <summary>True where this absolute path is one that the pattern describes.</summary>
    public bool Matches(string fullPath) =>
        fullPath.StartsWith(start, StringComparison.Ordinal) && Matches(names, NamesOf(fullPath[start.Length..]));

    /// <summary>The files that the pattern describes, in ordinal order of their paths with '/' between folders.</summary>
    public IReadOnlyList<string> Files()
    {
        var fixedNames = names.TakeWhile(name => !IsGlob(name)).ToArray();
        var folder = Path.Combine([start, .. fixedNames]);
        if (!Directory.Exists(folder)) return [];
        var files = new List<string>();
        Collect(folder, names[fixedNames.Length..], files);
        return [.. files.Distinct().OrderBy(path => path.Replace('\\', '/'), StringComparer.Ordinal)];
    }

    private static string[] NamesOf(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);

    private static void Collect(string folder, ReadOnlySpan<string> pattern, List<string> files)
    {
        if (pattern is ["**"])
        {
            Collect(folder, ["**", "*"], files);
        }
        else if (pattern[0] == "**")
        {
            Collect(folder, pattern[1..], files);
            foreach (var inner in FoldersIn(folder, "*")) Collect(inner, pattern, files);
        }
        else if (pattern.Length == 1)
        {
            var name = pattern[0];
            files.AddRange(Directory.EnumerateFiles(folder).Where(path => NameMatches(name, Path.GetFileName(path))));
        }
        else
        {
            foreach (var inner in FoldersIn(folder, pattern[0])) Collect(inner, pattern[1..], files);
        }
    }

    private static IEnumerable<string> FoldersIn(string folder, string pattern) =>
        from inner in new DirectoryInfo(folder).EnumerateDirectories()
        where NameMatches(pattern, inner.Name) && inner.LinkTarget is null
        select inner.FullName;

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty) return path.IsEmpty;
        if (pattern[0] != "**") return !path.IsEmpty && NameMatches(pattern[0], path[0]) && Matches(pattern[1..], path[1..]);
        if (pattern.Length == 1) return !path.IsEmpty;
        for (var skipped = 0; skipped < path.Length; skipped++)
        {
            if (Matches(pattern[1..], path[skipped..])) return true;
        }

        return false;
    }

    private static bool NameMatches(string pattern, string name) =>
        (pattern[0] == '.' || name[0] != '.') && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
