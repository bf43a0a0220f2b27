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
    /// <exception cref="UserMistakeException">oneDNN is asked for, and the device is no CPU.</exception>
    /// <exception cref="MissingCapabilityException">oneDNN is asked for, and this machine lacks it.</exception>
    public static EngineChoice Of(ComputeEngine asked, Device device)
    {
        if (asked == ComputeEngine.Libtorch) return new(false, "engine is libtorch");
        if (device.type != DeviceType.CPU)
        {
            if (asked == ComputeEngine.Onednn) throw new UserMistakeException($"engine: onednn computes on the CPU, but the device is {device}; use auto");
            return new(false, $"the device is {device}");
        }

        if (OneDnn.WhyNot is not { } missing) return new(true, $"oneDNN {OneDnn.Version}");
        if (asked == ComputeEngine.Onednn) throw new MissingCapabilityException($"engine: onednn is not possible here: {missing}; or use engine: auto");
        return new(false, missing);
    }
}
