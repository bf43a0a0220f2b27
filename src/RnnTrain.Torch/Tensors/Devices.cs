using RnnTrain.Configuration;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>The device that a configuration's `device` means on this machine.</summary>
public static class Devices
{
    /// <summary>`auto` is the first GPU where CUDA works, else the CPU.</summary>
    /// <exception cref="MissingCapabilityException">A GPU is asked for that this machine or this build of libtorch does not have.</exception>
    public static Device Resolve(DeviceChoice choice) => Resolve(choice, cuda.is_available() ? cuda.device_count() : 0);

    /// <summary>The same on a machine of so many GPUs.</summary>
    public static Device Resolve(DeviceChoice choice, int gpus)
    {
        if (choice.Kind == "cpu" || (choice.Kind == "auto" && gpus == 0)) return CPU;
        if (gpus == 0)
        {
            throw new MissingCapabilityException(
                $"device: {choice} was asked for, but libtorch finds no CUDA here (no NVIDIA GPU, no driver, or a libtorch built for the CPU only); "
                + "`rnn doctor` says which. Use device: cpu or device: auto to train without it.");
        }

        if (choice.Index >= gpus)
        {
            throw new MissingCapabilityException(
                $"device: {choice} was asked for, but this machine has {gpus} GPU{(gpus == 1 ? "" : "s")}: use {Range(gpus)}, or device: auto.");
        }

        return new Device(DeviceType.CUDA, choice.Index);
    }

    private static string Range(int gpus) => gpus == 1 ? "cuda:0" : $"cuda:0 to cuda:{gpus - 1}";
}
