using System.Runtime.InteropServices;

namespace RnnTrain.Runs;

/// <summary>The machine and process of a run.</summary>
public sealed record HostFacts
{
    public required string Name { get; init; }

    public required string OperatingSystem { get; init; }

    public required string Architecture { get; init; }

    /// <summary>The processor's name, where the system tells it.</summary>
    public string? Processor { get; init; }

    /// <summary>Logical processors that this process may use.</summary>
    public required int Processors { get; init; }

    /// <summary>Memory that this process may use, in bytes.</summary>
    public required long MemoryBytes { get; init; }

    public required int ProcessId { get; init; }

    /// <summary>The facts of this machine and process.</summary>
    public static HostFacts Read() => new()
    {
        Name = Environment.MachineName,
        OperatingSystem = RuntimeInformation.OSDescription,
        Architecture = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
        Processor = ProcessorName(),
        Processors = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        ProcessId = Environment.ProcessId,
    };

    private static string? ProcessorName()
    {
        if (!System.OperatingSystem.IsLinux()) return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        try
        {
            var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
            return line?[(line.IndexOf(':') + 1)..].Trim();
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            return null;
        }
    }
}
