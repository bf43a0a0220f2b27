using System.Globalization;
using System.Text.Json;
using RnnTrain.Composition;
using RnnTrain.Tasks;

namespace RnnTrain.Commands;

/// <summary>What `rnn bench` prints.</summary>
public static class BenchReport
{
    private const double Giga = 1e9;
    private const double Mebibyte = 1024 * 1024;

    /// <summary>For people.</summary>
    public static void Write(TextWriter output, BenchmarkResult result)
    {
        void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"speed            {result.TokensPerSecond:N0} {result.Unit}s/s, {result.SecondsPerStep * 1000:F2} ms a step over {result.Steps} steps");
        foreach (var (stage, seconds) in result.StageSeconds ?? new Dictionary<Stage, double>())
        {
            Line($"  {stage.ToString().ToLowerInvariant(),-14} {seconds * 1000,8:F2} ms  {seconds / result.StageSeconds!.Values.Sum(),6:P1}");
        }
        Line($"matrix products  {result.ModelRate / Giga:F0} GFLOP/s");
        if (result.MatrixProductRate is { } rate) Line($"  of a large one {rate / Giga:F0} GFLOP/s: {result.ModelShare:P0} reached");
        Line($"waiting for data {result.DataWaitShare:P2} of the time");
        Line($"memory           {result.SteadyMemory / Mebibyte:N0} MiB resident, {result.PeakMemory / Mebibyte:N0} MiB at most");
        Line($"managed memory   {result.ManagedBytesPerStep:N0} bytes allocated a step");
        Line($"engine           {result.Engine.Name} ({result.Engine.Reason})");
        Line($"threads          {result.Threads}");
    }

    /// <summary>For machines: one JSON object, units in the names.</summary>
    public static void WriteJson(TextWriter output, BenchmarkResult result) => output.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        [$"{result.Unit}s_per_second"] = result.TokensPerSecond,
        ["milliseconds_per_step"] = result.SecondsPerStep * 1000,
        ["steps"] = result.Steps,
        ["milliseconds_by_stage"] = result.StageSeconds?.ToDictionary(stage => stage.Key.ToString().ToLowerInvariant(), stage => stage.Value * 1000),
        ["gflops"] = result.ModelRate / Giga,
        ["matrix_product_gflops"] = result.MatrixProductRate / Giga,
        ["share_of_matrix_product"] = result.ModelShare,
        ["data_wait_share"] = result.DataWaitShare,
        ["resident_bytes"] = result.SteadyMemory,
        ["peak_resident_bytes"] = result.PeakMemory,
        ["managed_bytes_per_step"] = result.ManagedBytesPerStep,
        ["engine"] = result.Engine.Name,
        ["threads"] = new Dictionary<string, int?>
        {
            ["libtorch"] = result.Threads.Libtorch,
            ["onednn"] = result.Threads.OneDnn,
            ["openblas"] = result.Threads.OpenBlas,
        },
    }));
}
