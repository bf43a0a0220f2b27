using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>
/// Finds libtorchsharp_lite.so: the file that RNN_TORCHSHARP_LITE names, else the one next to this assembly. When it cannot be loaded,
/// the first call throws a <see cref="DllNotFoundException"/> that says what is missing.
/// </summary>
internal static class NativeLibraryResolver
{
    internal const string Name = "torchsharp_lite";
    private const string Override = "RNN_TORCHSHARP_LITE";

#pragma warning disable CA2255 // The resolver must stand before the first native call, whatever class makes it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraryResolver).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Name) return 0;
        var given = Environment.GetEnvironmentVariable(Override);
        var folder = Path.GetDirectoryName(assembly.Location) is { Length: > 0 } own ? own : AppContext.BaseDirectory;
        var path = string.IsNullOrEmpty(given) ? Path.Combine(folder, $"lib{Name}.so") : given;
        if (!File.Exists(path))
        {
            throw new DllNotFoundException($"{path} does not exist; build src/TorchSharp.Lite, or let {Override} name a libtorchsharp_lite.so");
        }
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException e)
        {
            throw new DllNotFoundException($"{path} cannot be loaded; is the libtorch that it was built against still installed? {e.Message}", e);
        }
    }
}
