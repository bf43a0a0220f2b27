using System.Globalization;
using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;

namespace RnnTrain.Runs;

/// <summary>The folder of one training run, `runs/&lt;name&gt;/&lt;yyyyMMdd-HHmmss&gt;/` (UTC), and where things stand in it.</summary>
public sealed class RunFolder
{
    /// <summary>The arrangement of a run folder that this program writes and reads.</summary>
    public const int Format = 1;

    /// <summary>Where runs go unless told otherwise, below the current folder.</summary>
    public const string DefaultRoot = "runs";

    /// <summary>What the folder of a diagnosis is called.</summary>
    public const string Diagnosis = "diagnosis";

    private const string StampFormat = "yyyyMMdd-HHmmss";

    private RunFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>The configuration with every default filled in.</summary>
    public string ConfigFile => At("config.yaml");

    public string ManifestFile => At(Manifest.FileName);

    public string MetricsFile => At("metrics.csv");

    /// <summary>What `rnn evaluate` measured, in the columns of <see cref="MetricsFile"/>.</summary>
    public string EvaluationsFile => At("evaluations.csv");

    /// <summary>Where the tables of an evaluation are.</summary>
    public string EvaluationFolder(long step, string split) =>
        System.IO.Path.Combine(Path, "evaluations", step.ToString(CultureInfo.InvariantCulture), split);

    public string LogFile => At("run.log");

    /// <summary>The log as one JSON object a line.</summary>
    public string JsonLogFile => At("run.log.jsonl");

    public string CheckpointFolder => At("checkpoints");

    /// <summary>Where `rnn diagnose` writes.</summary>
    public string DiagnosisFolder => At(Diagnosis);

    internal string LockFile => At(RunLock.FileName);

    /// <summary>Makes the folder of a new run.</summary>
    /// <param name="root">The folder of all runs, for instance <see cref="DefaultRoot"/>.</param>
    /// <param name="name">The experiment's name.</param>
    /// <param name="startedAt">When the run starts; the second run of a second gets the suffix -2.</param>
    /// <param name="runDir">The folder itself, as the user gave it with --run-dir; null to make one below <paramref name="root"/>.</param>
    /// <exception cref="UserMistakeException">The place cannot be written to, or <paramref name="runDir"/> holds a run already.</exception>
    public static RunFolder Create(string root, string name, DateTimeOffset startedAt, string? runDir = null)
    {
        var parent = runDir ?? System.IO.Path.Combine(root, name);
        try
        {
            Directory.CreateDirectory(parent);
            var folder = runDir is null ? ClaimStamped(parent, startedAt) : RefuseRun(new RunFolder(runDir));
            Directory.CreateDirectory(folder.CheckpointFolder);
            return folder;
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw StorageFailure.Explain(error, parent, "choose a writable folder with --run-dir");
        }
    }

    /// <summary>Opens a run: its folder, or the folder of a name's runs, of which the newest is taken.</summary>
    /// <param name="run">A path, or a path below <paramref name="root"/>.</param>
    /// <param name="root">The folder of all runs.</param>
    /// <exception cref="UserMistakeException">No run is there, or it was written in another format.</exception>
    public static RunFolder Open(string run, string root = DefaultRoot)
    {
        var path = Directory.Exists(run) ? run : System.IO.Path.Combine(root, run);
        if (!Directory.Exists(path))
            throw new UserMistakeException($"{run}: no such run folder; {NamesIn(root)}");
        var folder = HoldsRun(path) ? new RunFolder(path) : NewestIn(path);
        if (folder is null)
            throw new UserMistakeException($"{path}: no run is in it (no {Manifest.FileName}); give the folder that `rnn train` printed");
        folder.ReadManifest();
        return folder;
    }

    /// <summary>Opens the newest run of a name.</summary>
    /// <exception cref="UserMistakeException">There is none, or it was written in another format.</exception>
    public static RunFolder OpenNewest(string root, string name)
    {
        var parent = System.IO.Path.Combine(root, name);
        var folder = NewestIn(parent)
            ?? throw new UserMistakeException($"{parent}: no run to resume; start one without --resume, or give its folder: --resume RUN");
        folder.ReadManifest();
        return folder;
    }

    /// <summary>Opens runs: the one whose folder it is, or all runs of a name, oldest first.</summary>
    /// <inheritdoc cref="Open"/>
    public static IReadOnlyList<RunFolder> OpenAll(string run, string root = DefaultRoot)
    {
        var newest = Open(run, root); // says what is wrong where there is none
        var path = Directory.Exists(run) ? run : System.IO.Path.Combine(root, run);
        if (HoldsRun(path)) return [newest];
        var all = StampedIn(path).ToList();
        foreach (var folder in all) folder.ReadManifest();
        return all;
    }

    /// <summary>The names that have runs, in alphabetical order.</summary>
    /// <param name="root">The folder of all runs.</param>
    public static IReadOnlyList<string> Names(string root) =>
        Directory.Exists(root)
            ? [.. Directory.EnumerateDirectories(root).Where(path => NewestIn(path) is not null).Select(path => System.IO.Path.GetFileName(path)).Order(StringComparer.Ordinal)]
            : [];

    /// <exception cref="UserMistakeException">It is damaged, or of another format.</exception>
    public Manifest ReadManifest() => Manifest.Read(ManifestFile);

    /// <exception cref="UserMistakeException">The disk does not take it.</exception>
    public void Write(Manifest manifest) => Write(ManifestFile, manifest.ToJson());

    /// <summary>What the numbers of its data mean, as the run keeps it; null where it reads no text.</summary>
    /// <exception cref="UserMistakeException">A file is damaged.</exception>
    public Lexicon? ReadLexicon() => LexiconFiles.Load(Path);

    /// <exception cref="UserMistakeException">The disk does not take it.</exception>
    public void Write(Lexicon lexicon)
    {
        foreach (var (name, content) in LexiconFiles.Of(lexicon)) Write(At(name), content);
    }

    /// <summary>Writes a file of the run atomically.</summary>
    /// <param name="file">One of this folder's files, for instance <see cref="ConfigFile"/>.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="UserMistakeException">The disk does not take it.</exception>
    public void Write(string file, string content)
    {
        try
        {
            AtomicFile.Write(file, content);
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw StorageFailure.Explain(error, file, "make room or make it writable, and start again");
        }
    }

    /// <summary>Keeps every other process from training in this folder until the lock is disposed of, or this process ends.</summary>
    /// <exception cref="UserMistakeException">Another process holds it.</exception>
    public RunLock Lock() => RunLock.Take(this);

    public override string ToString() => Path;

    private string At(string file) => System.IO.Path.Combine(Path, file);

    private static bool HoldsRun(string path) => File.Exists(System.IO.Path.Combine(path, Manifest.FileName));

    private static RunFolder RefuseRun(RunFolder folder)
    {
        string[] traces = [folder.ManifestFile, folder.ConfigFile, folder.MetricsFile];
        var checkpoints = new DirectoryInfo(folder.CheckpointFolder);
        if (!traces.Any(File.Exists) && !(checkpoints.Exists && checkpoints.EnumerateFileSystemInfos().Any())) return folder;
        throw new UserMistakeException(
            $"{folder.Path}: holds a run already; continue it with --resume {folder.Path}, or give another --run-dir");
    }

    // Making a folder is not exclusive, making a file can be: whoever makes the lock file owns the folder.
    private static RunFolder ClaimStamped(string parent, DateTimeOffset startedAt)
    {
        var stamp = startedAt.UtcDateTime.ToString(StampFormat, CultureInfo.InvariantCulture);
        for (var attempt = 1; ; attempt++)
        {
            var folder = new RunFolder(System.IO.Path.Combine(parent, attempt == 1 ? stamp : $"{stamp}-{attempt}"));
            Directory.CreateDirectory(folder.Path);
            if (File.Exists(folder.LockFile)) continue;
            try
            {
                new FileStream(folder.LockFile, FileMode.CreateNew).Dispose();
                return folder;
            }
            catch (IOException) when (File.Exists(folder.LockFile))
            {
                // another process was faster by a moment
            }
        }
    }

    private static RunFolder? NewestIn(string parent) => Directory.Exists(parent) ? StampedIn(parent).LastOrDefault() : null;

    /// <summary>The runs of a name, oldest first.</summary>
    private static IEnumerable<RunFolder> StampedIn(string parent) => Directory.EnumerateDirectories(parent)
        .Where(path => HoldsRun(path) && PlaceOf(path) is not null)
        .OrderBy(PlaceOf)
        .Select(path => new RunFolder(path));

    // When the run began, read from the name of its folder; null for folders of other names.
    private static (DateTime At, int Attempt)? PlaceOf(string path)
    {
        var folderName = System.IO.Path.GetFileName(path);
        if (folderName.Length < StampFormat.Length) return null;
        var culture = CultureInfo.InvariantCulture;
        if (!DateTime.TryParseExact(folderName[..StampFormat.Length], StampFormat, culture, DateTimeStyles.None, out var at)) return null;
        var suffix = folderName[StampFormat.Length..];
        if (suffix.Length == 0) return (at, 1);
        return suffix[0] == '-' && int.TryParse(suffix[1..], NumberStyles.None, culture, out var attempt) ? (at, attempt) : null;
    }

    private static string NamesIn(string root)
    {
        var names = Directory.Exists(root) ? Directory.EnumerateDirectories(root).Select(System.IO.Path.GetFileName).Order().ToArray() : [];
        return names.Length == 0 ? $"and no runs are in {root}" : $"in {root} there are: {string.Join(", ", names)}";
    }
}
