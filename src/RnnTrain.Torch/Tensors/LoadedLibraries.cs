namespace RnnTrain.Tensors;

/// <summary>The native libraries that this process has loaded, as Linux lists them.</summary>
public static class LoadedLibraries
{
    private const string Maps = "/proc/self/maps";

    /// <summary>The path of the first library whose file name begins with one of these; null where there is none, or no such list.</summary>
    public static string? Find(params IReadOnlyList<string> beginnings)
    {
        if (!File.Exists(Maps)) return null;
        return File.ReadLines(Maps)
            .Select(line => line.IndexOf('/') is var start and >= 0 ? line[start..] : "")
            .FirstOrDefault(path => beginnings.Any(beginning => Path.GetFileName(path).StartsWith(beginning, StringComparison.Ordinal)));
    }
}
