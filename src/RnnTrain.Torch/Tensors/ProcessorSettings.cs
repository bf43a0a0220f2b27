using System.Runtime.InteropServices;

namespace RnnTrain.Tensors;

/// <summary>
/// The environment by which native libraries take the right kernels for this processor, and do not burn it while they wait. It has to
/// be there before they are loaded, so a program calls <see cref="Apply"/> before anything else.
/// <para>
/// An OpenBLAS that is older than the processor takes it for an AMD of before AVX-512 (OpenBLAS issue 3620): half the speed in large
/// products. One that knows it takes Cooperlake's kernels, which in fp32 and fp64 are SkylakeX's, so naming those is right for both.
/// libtorch 1.13 uses AVX-512 only where it is asked to, since early Intel processors lower their clock for it; AMD's do not. On Intel
/// both are left as they are: OpenBLAS knows those processors, and nothing was measured.
/// </para>
/// <para>
/// Between two parallel regions the threads of GNU's OpenMP, which libtorch and oneDNN share, turn in a loop for milliseconds before
/// they sleep. A recurrent layer has thousands of regions a second, and where something else runs on one of the cores, they then wait
/// for a thread that cannot run: measured as a tenth of the speed. A thousand turns are as fast on an idle machine and several times
/// faster on a busy one (docs/RESULTS.md, "Threads").
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
        var hasOwnWaiting = Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is not null; // the standard's name for the same choice
        inForce = [.. Wanted(Processor.IsAmd, Processor.HasAvx512, hasOwnWaiting).Select(wanted => Settle(wanted.Name, wanted.Value))];
    }

    /// <summary>The variables that a processor of this kind wants, and a user who has not chosen how threads wait.</summary>
    public static IReadOnlyList<(string Name, string Value)> Wanted(bool isAmd, bool hasAvx512, bool hasOwnWaiting)
    {
        List<(string Name, string Value)> wanted = [];
        if (isAmd && hasAvx512) wanted.AddRange([("OPENBLAS_CORETYPE", "SkylakeX"), ("ATEN_CPU_CAPABILITY", "avx512")]);
        if (!hasOwnWaiting) wanted.Add(("GOMP_SPINCOUNT", "1000"));
        return wanted;
    }

    /// <summary>True where a variable keeps a library from the AVX-512 kernels that this class would have asked for.</summary>
    public static bool ForbidsAvx512(NativeVariable variable) => variable.Name switch
    {
        "ATEN_CPU_CAPABILITY" => variable.Value != "avx512",
        "OPENBLAS_CORETYPE" => variable.Value.ToUpperInvariant() is not ("SKYLAKEX" or "COOPERLAKE" or "SAPPHIRERAPIDS"),
        _ => false,
    };

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
