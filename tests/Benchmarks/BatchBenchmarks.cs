using BenchmarkDotNet.Attributes;
using RnnTrain.Data;
using RnnTrain.Data.Batching;

namespace RnnTrain.Benchmarks;

/// <summary>Making one batch of a token stream, which happens beside the training step.</summary>
[MemoryDiagnoser]
public class BatchBenchmarks
{
    private TokenStream stream = null!;
    private int next;
    private TokenBatch? used;

    [Params(20, 128)]
    public int BatchSize { get; set; }

    [Params(35, 256)]
    public int Steps { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var ids = Enumerable.Range(0, 1_000_000).Select(place => place % 10_000).ToArray();
        stream = new TokenStream(new TokenSequence(Split.Train, TokenIds.Of(ids), 0), BatchSize, Steps, scoreEveryToken: false);
    }

    [Benchmark]
    public TokenBatch Make() => used = stream.Batch(next = (next + 1) % stream.Windows, used);
}
