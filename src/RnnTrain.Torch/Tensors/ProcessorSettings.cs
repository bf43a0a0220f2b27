using System.Runtime.InteropServices;

namespace RnnTrain.Tensors;

/// <summary>
/// The environment by which native libraries take the right kernels for this processor. It has to be there before they are loaded, so
/// a program calls <see cref="Apply"/> before anything else.
/// <para>
/// An OpenBLAS that is older than the processor takes it for an AMD of before AVX-512 (OpenBLAS issue 3620): half the speed in large
/// products. One that knows it takes Cooperlake's kernels, which in fp32 and fp64 are SkylakeX's, so naming those is right for both.
/// libtorch 1.13 uses AVX-512 only where it is asked to, since early Intel processors lower their clock for it; AMD's do not. On Intel
/// both are left as they are: OpenBLAS knows those processors, and nothing was measured.
/// </para>
/// </summary>
public static partial class ProcessorSettings
{
    private static IReadOnlyList<NativeVariable> inForce = [];

    /// <summary>What <see cref="Apply"/> found or set, one entry a variable; empty before it, and where there is nothing to set.</summary>
    public static IReadOnlyList<NativeVariable> InForce => inForce;

    /// <summary>Sets what is missing for this processor; what the user has set stays. Linux only; does nothing elsewhere, or a second time.</summary>
    public static void Apply()
    {
        if (!OperatingSystem.IsLinux() || inForce.Count > 0) return;
        inForce = [.. Wanted(Processor.IsAmd, Processor.HasAvx512).Select(wanted => Settle(wanted.Name, wanted.Value))];
    }

    /// <summary>The variables that a processor of this kind wants.</summary>
    public static IReadOnlyList<(string Name, string Value)> Wanted(bool isAmd, bool hasAvx512) =>
        isAmd && hasAvx512 ? [("OPENBLAS_CORETYPE", "SkylakeX"), ("ATEN_CPU_CAPABILITY", "avx512")] : [];

    /// <summary>False where a variable of these keeps a library from its AVX-512 kernels.</summary>
    public static bool AllowsAvx512(NativeVariable variable) => variable.Name == "ATEN_CPU_CAPABILITY"
        ? variable.Value == "avx512"
        : variable.Value.ToUpperInvariant() is "SKYLAKEX" or "COOPERLAKE" or "SAPPHIRERAPIDS";

    private static NativeVariable Settle(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is { } users) return new NativeVariable(name, users, IsUsers: true);
        // Environment.SetEnvironmentVariable changes .NET's copy only, which native code does not see
        _ = SetEnv(name, value, 0);
        return new NativeVariable(name, value, IsUsers: false);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);
}
