using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Runs;

namespace RnnTrain.Composition;

/// <summary>What may differ between the configuration a run began with and the one it goes on with.</summary>
public static class RunChanges
{
    /// <summary>The differences, each as `training.epochs: 10 → 20`.</summary>
    /// <exception cref="UserMistakeException">One of them would make it another experiment; names them all.</exception>
    public static IReadOnlyList<string> Allowed(RunFolder folder, ExperimentConfig now)
    {
        var then = ConfigLoader.Load(folder.ConfigFile, [], Registries.All).Config;
        var differences = ConfigDifference.Between(then, now, Registries.All);
        var refused = differences.Where(difference => !ResumeRules.Allows(difference)).ToList();
        if (refused.Count == 0) return [.. differences.Select(difference => difference.ToString())];
        throw new UserMistakeException(
        [
            .. refused.Select(difference => $"{folder.Path}: {difference}: this cannot change within a run"),
            "set these keys back to go on with the run, or start a new one without --resume",
        ]);
    }

    /// <exception cref="UserMistakeException">A file of the run has other content now, is missing from the configuration, or is new.</exception>
    public static void RefuseOtherData(RunFolder folder, IReadOnlyList<DataFile> now)
    {
        static HashSet<(string Split, string Path, string Sha256)> Facts(IEnumerable<DataFile> files) =>
            [.. files.Select(file => (file.Split, file.Path, file.Sha256))];

        var differing = Facts(now);
        differing.SymmetricExceptWith(Facts(folder.ReadManifest().Data));
        var lines = differing.Select(file => file.Path).Distinct().Order(StringComparer.Ordinal).Select(path => $"{path}: not the file that {folder.Path} was trained on").ToList();
        if (lines.Count > 0) throw new UserMistakeException([.. lines, "restore the data to go on with the run, or start a new one without --resume"]);
    }
}
