using RnnTrain.Configuration;

namespace RnnTrain.Composition;

/// <summary>What `rnn train` was asked to do.</summary>
public sealed record TrainingRequest
{
    public required LoadedConfig Config { get; init; }

    public required string DataRoot { get; init; }

    public required string RunsRoot { get; init; }

    /// <summary>The folder of the run itself; null to make one below <see cref="RunsRoot"/>.</summary>
    public string? RunDir { get; init; }

    /// <summary>Null for a new run.</summary>
    public ResumeRequest? Resume { get; init; }

    public Talk Talk { get; init; }

    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>What differs from the configuration that a resumed run began with.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];
}

/// <summary>Which run to go on with.</summary>
/// <param name="Run">A run folder or name; null for the newest run of the configuration's name.</param>
/// <param name="Checkpoint">last, best or a step.</param>
public sealed record ResumeRequest(string? Run, string Checkpoint)
{
    /// <summary>The newest checkpoint; where there is none yet, training begins anew.</summary>
    public const string Last = "last";
}

/// <summary>How much is printed.</summary>
public enum Talk
{
    Normal,
    Quiet,
    Verbose,
}
