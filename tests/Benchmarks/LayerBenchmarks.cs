using BenchmarkDotNet.Attributes;
using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Layers;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Benchmarks;

/// <summary>One recurrent layer, forward and backward, by engine, at the sizes of scripts/bench.</summary>
public class LayerBenchmarks
{
    private RecurrentStack stack = null!;
    private Tensor input = null!;

    [Params("lstm", "gru")]
    public string Cell { get; set; } = "";

    [Params(ComputeEngine.Libtorch, ComputeEngine.Onednn)]
    public ComputeEngine Engine { get; set; }

    /// <summary>time × batch × hidden.</summary>
    [Params("20x20x200", "35x20x650", "100x64x512")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        HeapMemory.KeepFreedBlocks();
        CpuThreads.Use(ThreadChoice.Auto, EngineChoice.Of(Engine, CPU));
        var sizes = Size.Split('x').Select(long.Parse).ToArray();
        stack = new RecurrentStack(new StackOptions
        {
            Cell = Cell == "lstm" ? new LstmOptions() : new GruOptions(),
            InputSize = sizes[2],
            HiddenSize = sizes[2],
            Engine = Engine,
        });
        input = randn(sizes[0], sizes[1], sizes[2]).requires_grad_(); // [time, batch, features]
    }

    [Benchmark]
    public void ForwardAndBackward()
    {
        using var scope = NewDisposeScope();
        stack.zero_grad(set_to_none: true);
        input.grad = null;
        var (output, _) = stack.Forward(input, stack.ZeroState(input.size(1))); // [time, batch, hidden]
        output.sum().backward();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        input.Dispose();
        stack.Dispose();
    }
}
