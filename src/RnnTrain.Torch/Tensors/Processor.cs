using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace RnnTrain.Tensors;

/// <summary>The processor of this machine, as far as the choice of kernels depends on it.</summary>
public static class Processor
{
    private const string Facts = "/proc/cpuinfo";

    /// <summary>True for processors that name AMD as their maker.</summary>
    public static bool IsAmd => Maker() == "AuthenticAMD";

    /// <summary>True where all parts of AVX-512 are there that OpenBLAS's SkylakeX kernels and libtorch's avx512 kernels use.</summary>
    public static bool HasAvx512 => Avx512F.VL.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512CD.IsSupported;

    /// <summary>What its maker calls it; the architecture where Linux does not say.</summary>
    public static string Name => File.Exists(Facts) && File.ReadLines(Facts).FirstOrDefault(IsName) is { } line
        ? line[(line.IndexOf(':') + 1)..].Trim()
        : RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>Those instruction sets, of the ones that matter to training, that it has; empty on other architectures.</summary>
    public static IReadOnlyList<string> InstructionSets()
    {
        (string Name, bool IsThere)[] known =
        [
            ("AVX2", Avx2.IsSupported),
            ("FMA", Fma.IsSupported),
            ("AVX-512", HasAvx512),
            ("AVX-512 VNNI", HasFeature(7, 0, register: 2, bit: 11)),
            ("AVX-512 BF16", HasFeature(7, 1, register: 0, bit: 5)),
            ("AMX BF16", HasFeature(7, 0, register: 3, bit: 22)),
        ];
        return [.. known.Where(set => set.IsThere).Select(set => set.Name)];
    }

    private static bool IsName(string line) => line.StartsWith("model name", StringComparison.Ordinal);

    /// <summary>A feature bit of CPUID; `register` counts eax, ebx, ecx, edx from 0.</summary>
    private static bool HasFeature(int leaf, int part, int register, int bit)
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < leaf || X86Base.CpuId(leaf, 0).Eax < part) return false;
        var (eax, ebx, ecx, edx) = X86Base.CpuId(leaf, part);
        int[] registers = [eax, ebx, ecx, edx];
        return (registers[register] & (1 << bit)) != 0;
    }

    private static string Maker()
    {
        if (!X86Base.IsSupported) return "";
        var (_, ebx, ecx, edx) = X86Base.CpuId(0, 0);
        Span<int> letters = [ebx, edx, ecx]; // in this order they spell the name
        return Encoding.ASCII.GetString(MemoryMarshal.AsBytes(letters));
    }
}
