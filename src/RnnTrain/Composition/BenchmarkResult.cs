using RnnTrain.Engines;
using RnnTrain.Tasks;

namespace RnnTrain.Composition;

/// <summary>What training costs, as measured by <see cref="Benchmark"/>.</summary>
/// <param name="Steps">Steps that were measured.</param>
/// <param name="Seconds">For all of them, nothing left out between one and the next.</param>
/// <param name="Tokens">Targets that were scored in all of them.</param>
/// <param name="DataWaitSeconds">Of the seconds, those spent waiting for batches.</param>
/// <param name="ManagedBytes">What .NET allocated meanwhile, on all threads.</param>
/// <param name="OperationsPerToken">Floating-point operations in matrix products for a target, forward and backward; of examples, as in the first batch.</param>
/// <param name="SteadyMemory">Resident bytes of the process after the last step.</param>
/// <param name="PeakMemory">The most resident bytes it ever had until then, building the model included.</param>
/// <param name="Engine">What computed the layers.</param>
/// <param name="Threads">With how many threads.</param>
public sealed record BenchmarkResult(
    int Steps,
    double Seconds,
    long Tokens,
    double DataWaitSeconds,
    long ManagedBytes,
    long OperationsPerToken,
    long SteadyMemory,
    long PeakMemory,
    EngineChoice Engine,
    CpuThreads Threads)
{
    /// <summary>What the tokens are, in the singular: `token`, or what else the task scores.</summary>
    public string Unit { get; init; } = "token";

    /// <summary>Seconds a step by stage, from other steps, since measuring stages costs something; null where it was left out.</summary>
    public IReadOnlyDictionary<Stage, double>? StageSeconds { get; init; }

    /// <summary>Floating-point operations a second of a large product by the same engine, in the same type; null where it was left out.</summary>
    public double? MatrixProductRate { get; init; }

    public double TokensPerSecond => Tokens / Seconds;

    public double SecondsPerStep => Seconds / Steps;

    /// <summary>The part of a step that it waits for its batch, 0 to 1.</summary>
    public double DataWaitShare => DataWaitSeconds / Seconds;

    /// <summary>Floating-point operations a second in matrix products.</summary>
    public double ModelRate => TokensPerSecond * OperationsPerToken;

    /// <summary>The model's rate as a part of that of a large product, 0 to 1.</summary>
    public double? ModelShare => ModelRate / MatrixProductRate;

    public double ManagedBytesPerStep => (double)ManagedBytes / Steps;
}
