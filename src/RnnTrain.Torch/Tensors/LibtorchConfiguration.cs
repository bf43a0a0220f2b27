using System.Runtime.InteropServices;

namespace RnnTrain.Tensors;

/// <summary>What the loaded libtorch says about how it was built and which kernels it takes, as Python's `torch.__config__.show()`.</summary>
public static unsafe class LibtorchConfiguration
{
    // std::string at::show_config() of the C++ library's current ABI; TorchSharp has no such call
    private const string Show = "_ZN2at11show_configB5cxx11Ev";
    private const string Capability = "CPU capability usage: ";

    /// <summary>`AVX2`, `AVX512` or another of libtorch's names for its kernels; null where this libtorch cannot be asked.</summary>
    public static string? CpuCapability =>
        Read()?.Split('\n').FirstOrDefault(line => line.Contains(Capability, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(Capability, StringComparison.Ordinal) + Capability.Length)..].Trim()
            : null;

    /// <summary>The whole text; null where this libtorch cannot be asked.</summary>
    public static string? Read()
    {
        // how a std::string is returned, and what lies in it, is known for this platform
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64) return null;
        if (LoadedLibraries.Find("libtorch_cpu") is not { } path || !NativeLibrary.TryLoad(path, out var library)) return null;
        if (!NativeLibrary.TryGetExport(library, Show, out var show)) return null;
        var text = stackalloc nint[4]; // pointer to the characters, their number, two words for short texts
        ((delegate* unmanaged<nint*, nint*>)show)(text);
        var result = Marshal.PtrToStringUTF8(text[0], (int)text[1]);
        if (text[0] != (nint)(text + 2)) NativeMemory.Free((void*)text[0]);
        return result;
    }
}
