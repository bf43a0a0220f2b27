namespace RnnTrain.Runs;

/// <summary>The commit a folder is checked out at, read from `.git` without running git.</summary>
public static class GitCommit
{
    private const int Sha1Digits = 40;
    private const int Sha256Digits = 64;

    /// <summary>The full hash, or null where there is no checkout or it cannot be read.</summary>
    public static string? Find(string folder)
    {
        try
        {
            for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            {
                if (GitFolderOf(at.FullName) is { } git) return CommitOf(git);
            }

            return null;
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            return null;
        }
    }

    // `.git` is a folder, or in work trees and submodules a file that names one.
    private static string? GitFolderOf(string folder)
    {
        var git = Path.Combine(folder, ".git");
        if (Directory.Exists(git)) return git;
        if (!File.Exists(git)) return null;
        var line = File.ReadAllText(git).Trim();
        const string Prefix = "gitdir: ";
        return line.StartsWith(Prefix, StringComparison.Ordinal) ? Path.GetFullPath(line[Prefix.Length..], folder) : null;
    }

    private static string? CommitOf(string git)
    {
        var head = File.ReadAllText(Path.Combine(git, "HEAD")).Trim();
        const string Prefix = "ref: ";
        if (!head.StartsWith(Prefix, StringComparison.Ordinal)) return Hash(head);
        var reference = head[Prefix.Length..];
        var common = Path.Combine(git, "commondir");
        if (File.Exists(common)) git = Path.GetFullPath(File.ReadAllText(common).Trim(), git);
        var loose = Path.Combine(git, reference);
        if (File.Exists(loose)) return Hash(File.ReadAllText(loose).Trim());
        var packed = Path.Combine(git, "packed-refs");
        if (!File.Exists(packed)) return null;
        var line = File.ReadLines(packed).FirstOrDefault(line => line.EndsWith(" " + reference, StringComparison.Ordinal));
        return line is null ? null : Hash(line[..line.IndexOf(' ')]);
    }

    private static string? Hash(string text) =>
        text.Length is Sha1Digits or Sha256Digits && text.All(char.IsAsciiHexDigit) ? text : null;
}
