using RnnTrain.Configuration;
using RnnTrain.Configuration.Binding;

namespace RnnTrain.Data.Formats;

/// <summary>
/// Finds the files that the entries of a configuration key stand for. An entry is a path; a glob (see <see cref="PathPattern"/>); or
/// a glob after '!', which takes its matches away from what other globs found. Relative entries start at the data root. The files of a glob come in
/// ordinal order of their paths; a file that several entries name comes once, in the place of the first.
/// </summary>
public sealed class DataPaths(string dataRoot)
{
    private readonly string root = Path.GetFullPath(dataRoot);

    /// <exception cref="UserMistakeException">A path does not exist or is a folder; a glob matches nothing; nothing is left.</exception>
    public IReadOnlyList<DataPath> Resolve(IReadOnlyList<string> entries, string key)
    {
        var found = new List<DataPath>();
        var mistakes = new List<string>();
        foreach (var entry in entries.Where(entry => !IsExclusion(entry)))
        {
            if (PathPattern.IsGlob(entry)) AddMatches(entry, key, found, mistakes);
            else AddNamed(entry, key, found, mistakes);
        }

        if (mistakes.Count > 0) throw new UserMistakeException(mistakes);
        var excluded = entries.Where(IsExclusion).Select(entry => new PathPattern(FullOf(entry[1..]))).ToList();
        var left = found
            .Where(path => path.IsNamed || !excluded.Any(pattern => pattern.Matches(path.FullPath)))
            .DistinctBy(path => path.FullPath)
            .ToList();
        if (left.Count == 0) throw new UserMistakeException($"{key}: no file is left of {string.Join(", ", entries)}");
        return left;
    }

    /// <summary>The same files as the manifest records them.</summary>
    /// <exception cref="UserMistakeException">As <see cref="Resolve"/>, or a file cannot be read.</exception>
    public IReadOnlyList<DataFile> Hashed(IReadOnlyList<string> entries, Split split) =>
        [.. Resolve(entries, split.Key()).Select(path => path.Hashed(split))];

    private static bool IsExclusion(string entry) => entry.StartsWith('!');

    private string FullOf(string entry) => Path.GetFullPath(entry, root);

    private void AddMatches(string glob, string key, List<DataPath> found, List<string> mistakes)
    {
        try
        {
            var matches = new PathPattern(FullOf(glob)).Files();
            if (matches.Count == 0) mistakes.Add($"{key}: '{glob}' matches no file below {root}{DataRootAdvice}");
            found.AddRange(matches.Select(path => new DataPath(path, Shown(path), IsNamed: false)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{key}: '{glob}' cannot be followed: {failure.Message}");
        }
    }

    private void AddNamed(string entry, string key, List<DataPath> found, List<string> mistakes)
    {
        var path = string.IsNullOrWhiteSpace(entry) ? "" : FullOf(entry);
        if (path.Length == 0) mistakes.Add($"{key}: an empty path; name a file");
        else if (File.Exists(path)) found.Add(new DataPath(path, Shown(path), IsNamed: true));
        else if (Directory.Exists(path)) mistakes.Add($"{key}: {entry} is a folder; name a file, or a glob such as {entry.TrimEnd('/')}/**/*.txt");
        else mistakes.Add($"{key}: {Missing(entry, path)}");
    }

    private const string DataRootAdvice = " (the data root; another one is given by --data-root or RNN_DATA)";

    private string Missing(string entry, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder)) return $"{entry} does not exist: there is no folder {folder}; paths start at {root}{DataRootAdvice}";
        var name = Path.GetFileName(path);
        var names = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal).ToList();
        var packed = names.Find(other => other == name + ".gz");
        return (packed ?? NearNames.Nearest(name, names)) is { } near
            ? $"{entry} does not exist; did you mean {Shown(Path.Combine(folder, near))}?"
            : $"{entry} does not exist in {folder}; paths start at {root}{DataRootAdvice}";
    }

    private string Shown(string path)
    {
        var relative = Path.GetRelativePath(root, path);
        var isBelow = !Path.IsPathRooted(relative) && relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return (isBelow ? relative : path).Replace('\\', '/');
    }
}
