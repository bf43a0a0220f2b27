using System.Runtime.InteropServices;

namespace RnnTrain.Tensors;

/// <summary>
/// The compute capability of a GPU: 7.0 Volta, 7.5 Turing, 8.0 Ampere, 9.0 Hopper. TorchSharp does not tell it, so NVIDIA's driver is
/// asked itself, which counts the GPUs as libtorch does (CUDA_VISIBLE_DEVICES included).
/// </summary>
public static class ComputeCapability
{
    private const int Major = 75; // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR of cuda.h
    private const int Minor = 76;

    private delegate int Initialize(uint flags);

    private delegate int GetDevice(out int device, int ordinal);

    private delegate int GetAttribute(out int value, int attribute, int device);

    /// <summary>Null where there is no driver, or it does not answer.</summary>
    /// <param name="gpu">Counted from 0.</param>
    public static Version? Of(int gpu)
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda" : "libcuda.so.1", out var driver)) return null;
        if (Find<Initialize>(driver, "cuInit") is not { } initialize || initialize(0) != 0) return null;
        if (Find<GetDevice>(driver, "cuDeviceGet") is not { } get || get(out var device, gpu) != 0) return null;
        if (Find<GetAttribute>(driver, "cuDeviceGetAttribute") is not { } ask) return null;
        return ask(out var major, Major, device) == 0 && ask(out var minor, Minor, device) == 0 ? new Version(major, minor) : null;
    }

    private static T? Find<T>(nint driver, string name) where T : Delegate =>
        NativeLibrary.TryGetExport(driver, name, out var function) ? Marshal.GetDelegateForFunctionPointer<T>(function) : null;
}
