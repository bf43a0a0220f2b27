using System.Reflection;
using TorchSharp;

namespace RnnTrain.Composition;

/// <summary>Which TorchSharp this program was built on, and which libtorch and BLAS the process has loaded.</summary>
public static class TorchRuntimeFacts
{
    /// <summary>cuda, cpu, system or path: the build property TorchRuntime.</summary>
    public static string Name { get; } = typeof(TorchRuntimeFacts).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(metadata => metadata.Key == "TorchRuntime")?.Value ?? "unknown";

    /// <summary>The version that libtorch says it has.</summary>
    /// <exception cref="DllNotFoundException">There is no libtorch.</exception>
    public static string LibtorchVersion => torch.__version__;
}
