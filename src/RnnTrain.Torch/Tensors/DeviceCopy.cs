using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>The way of a batch's numbers to the device.</summary>
internal static class DeviceCopy
{
    /// <summary>
    /// The same on the device. The copy from pinned memory goes on while the CPU does; libtorch keeps that memory until the copy is done.
    /// </summary>
    /// <param name="values">On the CPU; on a GPU it is disposed of.</param>
    /// <param name="device">Where it is wanted.</param>
    public static Tensor To(this Device device, Tensor values)
    {
        if (device.type != DeviceType.CUDA) return values; // any shape
        using (values)
        using (var pinned = values.pin_memory())
        {
            return pinned.to(device, non_blocking: true); // any shape
        }
    }
}
