using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>How many threads the CPU kernels use.</summary>
public static class CpuThreads
{
    public static void Use(ThreadChoice choice) => set_num_threads(choice.Count ?? Environment.ProcessorCount);
}
