using RnnTrain.Configuration;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>What computes the layers for which there are two engines, and why so.</summary>
/// <param name="UsesOneDnn">True where it is oneDNN, false where it is libtorch.</param>
/// <param name="Reason">For people; one line.</param>
public sealed record EngineChoice(bool UsesOneDnn, string Reason)
{
    /// <summary>`oneDNN` or `libtorch`.</summary>
    public string Name => UsesOneDnn ? "oneDNN" : "libtorch";

    /// <summary>The engine for layers whose tensors live on a device.</summary>
    /// <param name="asked">The key `engine`.</param>
    /// <param name="device">Where they live.</param>
    /// <param name="precision">What they are computed in; oneDNN's engine serves fp32.</param>
    /// <exception cref="UserMistakeException">oneDNN is asked for, and the device is no CPU.</exception>
    /// <exception cref="MissingCapabilityException">oneDNN is asked for, and this machine lacks it.</exception>
    public static EngineChoice Of(ComputeEngine asked, Device device, Precision precision = Precision.Fp32)
    {
        if (asked == ComputeEngine.Libtorch) return new(false, "engine is libtorch");
        if (device.type != DeviceType.CPU)
        {
            if (asked == ComputeEngine.Onednn) throw new UserMistakeException($"engine: onednn computes on the CPU, but the device is {device}; use auto");
            return new(false, $"the device is {device}");
        }

        if (precision is Precision.Bf16 or Precision.Fp16)
        {
            var name = precision.ToString().ToLowerInvariant();
            if (asked == ComputeEngine.Onednn) throw new UserMistakeException($"engine: onednn computes fp32, but precision is {name}; use auto");
            return new(false, $"precision is {name}");
        }

        if (OneDnn.WhyNot is not { } missing) return new(true, $"oneDNN {OneDnn.Version}");
        if (asked == ComputeEngine.Onednn) throw new MissingCapabilityException($"engine: onednn is not possible here: {missing}; or use engine: auto");
        return new(false, missing);
    }
}
