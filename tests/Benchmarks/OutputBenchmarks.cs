using BenchmarkDotNet.Attributes;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Models.Outputs;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Benchmarks;

/// <summary>The output layer with its loss, forward and backward, by engine, at the sizes of scripts/bench.</summary>
public class OutputBenchmarks
{
    private FullOutput layer = null!;
    private Tensor hidden = null!;
    private Tensor targets = null!;

    [Params(ComputeEngine.Libtorch, ComputeEngine.Onednn)]
    public ComputeEngine Engine { get; set; }

    /// <summary>tokens × hidden × vocabulary.</summary>
    [Params("400x200x10000", "700x650x10000", "6400x512x65")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        HeapMemory.KeepFreedBlocks();
        CpuThreads.Use(ThreadChoice.Auto, EngineChoice.Of(Engine, CPU));
        var sizes = Size.Split('x').Select(long.Parse).ToArray();
        layer = new FullOutput(new OutputArguments(sizes[1], sizes[2], IsTied: false, Engine));
        hidden = randn(sizes[0], sizes[1]).requires_grad_(); // [tokens, hidden]
        targets = arange(sizes[0], int64).remainder(sizes[2]); // [tokens]
    }

    [Benchmark]
    public void ForwardAndBackward()
    {
        using var scope = NewDisposeScope();
        layer.zero_grad(set_to_none: true);
        hidden.grad = null;
        layer.Loss(hidden, hidden, targets, 1).Objective.backward();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        hidden.Dispose();
        targets.Dispose();
        layer.Dispose();
    }
}
