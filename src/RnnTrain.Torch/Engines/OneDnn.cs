using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>
/// The engine over oneDNN: is it here, which version, how many threads. It computes recurrent layers and output layers on the CPU
/// several times faster than libtorch does, from the memory of plain tensors, on every TorchSharp runtime.
/// </summary>
public static class OneDnn
{
    private static readonly Lazy<string?> Missing = new(FindWhatIsMissing);

    /// <summary>Why this machine lacks it; null where it is there.</summary>
    public static string? WhyNot => Missing.Value;

    public static bool IsAvailable => WhyNot is null;

    /// <summary>The version of oneDNN, `2.6.3`. Only where it is available.</summary>
    public static string Version
    {
        get
        {
            var number = OneDnnNative.OneDnnVersion();
            return string.Create(CultureInfo.InvariantCulture, $"{number / 10000}.{number / 100 % 100}.{number % 100}");
        }
    }

    /// <summary>Threads of every call; 1 until it is set. Only where it is available.</summary>
    public static int Threads
    {
        get => OneDnnNative.Threads();
        set => OneDnnNative.SetThreads(value);
    }

    /// <summary>
    /// Which of its own kernels run beside oneDNN's: `avx512`, `avx2` or `plain`; the best that the processor has unless it is set.
    /// Only where it is available.
    /// </summary>
    /// <exception cref="InvalidOperationException">Set to what the processor does not have.</exception>
    public static string Instructions
    {
        get => Marshal.PtrToStringUTF8(OneDnnNative.Instructions())!;
        set => Check(OneDnnNative.ChooseInstructions(value));
    }

    /// <summary>a · b, without a gradient; for measurements. All are contiguous, of Float32 and on the CPU.</summary>
    /// <param name="a">[rows, inner].</param>
    /// <param name="b">[inner, columns].</param>
    /// <param name="result">[rows, columns].</param>
    public static unsafe void MatrixProduct(Tensor a, Tensor b, Tensor result)
    {
        var (rows, inner, columns) = (a.size(0), a.size(1), b.size(1));
        Shapes.Require(b, nameof(b), inner, Shapes.Any);
        Shapes.Require(result, nameof(result), rows, columns);
        fixed (byte* first = a.bytes, second = b.bytes, into = result.bytes)
        {
            Check(OneDnnNative.MatrixProduct(0, 0, rows, columns, inner, (float*)first, inner, (float*)second, columns, 0, (float*)into, columns));
        }
    }

    /// <exception cref="InvalidOperationException">The native call failed; with its message.</exception>
    internal static void Check(int status)
    {
        if (status < 0) throw new InvalidOperationException(Marshal.PtrToStringUTF8(OneDnnNative.LastError()));
    }

    private static string? FindWhatIsMissing()
    {
        if (OperatingSystem.IsWindows()) return "the oneDNN engine is not built on Windows";
        try
        {
            NativeLibrary.Load(OneDnnNative.Library, Assembly.GetExecutingAssembly(), null);
        }
        catch (DllNotFoundException) when (!File.Exists(Path.Combine(AppContext.BaseDirectory, $"lib{OneDnnNative.Library}.so")))
        {
            return "rnn was built without oneDNN; install it (Debian: apt-get install libdnnl-dev) and build again";
        }
        catch (DllNotFoundException failure)
        {
            return $"the oneDNN engine cannot be loaded: {failure.Message}";
        }
        var version = OneDnnNative.OneDnnVersion();
        return version > 0 ? null : $"the oneDNN of this machine is version {-version / 10000}, but rnn was built for another; build again";
    }
}
