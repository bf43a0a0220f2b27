using System.Globalization;
using RnnTrain.Runs;

namespace RnnTrain.Checkpoints;

/// <summary>
/// The checkpoints of a run as folders on the disk, each named by its step. A name that begins with a dot is no checkpoint, whatever is
/// in it: so a checkpoint appears and disappears in one rename.
/// </summary>
internal sealed class CheckpointFolder(string path)
{
    internal const string ModelFile = "model.safetensors";
    internal const string OptimizerFile = "optimizer.safetensors";
    internal const string CarriedFile = "carried.safetensors";
    internal const string IndexFile = "index.json";

    private const string WritingPrefix = ".writing-";
    private const string DeletingPrefix = ".deleting-";

    /// <summary>A checkpoint that stepped aside for a newer one of the same step.</summary>
    private const string ReplacedPrefix = ".replaced-";

    internal string Path { get; } = path;

    internal string PathOf(long step) => System.IO.Path.Combine(Path, NameOf(step));

    /// <summary>Where the checkpoint of a step is written before it is published.</summary>
    internal string WritingPathOf(long step) => System.IO.Path.Combine(Path, WritingPrefix + NameOf(step));

    /// <summary>The steps of all complete checkpoints, in rising order; none where there is no folder.</summary>
    internal IReadOnlyList<long> Steps() =>
        Directory.Exists(Path)
            ? [.. Directory.EnumerateDirectories(Path).Select(found => StepOf(System.IO.Path.GetFileName(found))).OfType<long>().Order()]
            : [];

    /// <summary>
    /// Makes what was written the checkpoint of its step. A folder cannot be renamed over another that holds files, so one of the same
    /// step steps aside; <see cref="ClearUnfinished"/> puts it back where the process died in between.
    /// </summary>
    internal void Publish(long step)
    {
        var replaced = System.IO.Path.Combine(Path, ReplacedPrefix + NameOf(step));
        var isThere = Directory.Exists(PathOf(step));
        if (isThere) Directory.Move(PathOf(step), replaced);
        Directory.Move(WritingPathOf(step), PathOf(step));
        AtomicFile.FlushFolder(Path);
        if (isThere) Directory.Delete(replaced, recursive: true);
    }

    /// <summary>Deletes a checkpoint, renamed first: half a checkpoint must never look like one.</summary>
    internal void Delete(long step)
    {
        var deleting = System.IO.Path.Combine(Path, DeletingPrefix + NameOf(step));
        Directory.Move(PathOf(step), deleting);
        Directory.Delete(deleting, recursive: true);
    }

    /// <summary>Clears away what an interrupted process left.</summary>
    internal void ClearUnfinished()
    {
        foreach (var found in Directory.EnumerateDirectories(Path).ToArray())
        {
            var name = System.IO.Path.GetFileName(found);
            if (name.StartsWith(WritingPrefix, StringComparison.Ordinal) || name.StartsWith(DeletingPrefix, StringComparison.Ordinal))
                Directory.Delete(found, recursive: true);
            else if (name.StartsWith(ReplacedPrefix, StringComparison.Ordinal))
                PutBack(found, System.IO.Path.Combine(Path, name[ReplacedPrefix.Length..]));
        }
    }

    private static void PutBack(string replaced, string place)
    {
        if (Directory.Exists(place)) Directory.Delete(replaced, recursive: true);
        else Directory.Move(replaced, place);
    }

    private static string NameOf(long step) => step.ToString(CultureInfo.InvariantCulture);

    private static long? StepOf(string name) =>
        long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var step) && NameOf(step) == name ? step : null;
}
