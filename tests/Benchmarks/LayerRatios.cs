using System.Diagnostics;
using System.Globalization;
using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Layers;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Benchmarks;

/// <summary>
/// Forward and backward of one layer over those of another, each pair measured in turns in one process, so that what else happens on the
/// machine meets both. `scripts/bench --ratios` runs it.
/// </summary>
internal static class LayerRatios
{
    private const int Rounds = 9;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(0.15);

    private static readonly Pair[] Pairs =
    [
        .. from batch in new long[] { 20, 64 }
           from cell in new CellOptions[] { new LstmOptions { CoupledGates = true }, new LstmOptions(), new GruOptions(), new ElmanOptions() }
           let size = new Size(35, batch, 256, 256)
           let twin = cell is LstmOptions ? new LstmOptions() : cell
           select new Pair(new(cell, LayerPath.Unrolled), new(twin, LayerPath.Fused), size),
        .. from input in new long[] { 1, 64, 256 }
           select new Pair(new(new GruOptions(), LayerPath.Fused), new(new MinGruOptions(), LayerPath.Auto), new Size(1024, 8, input, 256)),
    ];

    /// <summary>Prints a row a pair: the median of the rounds' ratios, the least and the greatest, and the fastest step of both.</summary>
    public static void Print(ThreadChoice threads)
    {
        HeapMemory.KeepFreedBlocks();
        Console.WriteLine($"threads: {CpuThreads.Use(threads, EngineChoice.Of(ComputeEngine.Auto, CPU))}\n");
        Console.WriteLine("| layer | over | time × batch × input × hidden | ratio | ms a step | over ms |\n|---|---|---|---:|---:|---:|");
        foreach (var pair in Pairs) Console.WriteLine(RowOf(pair));
    }

    private static string RowOf(Pair pair)
    {
        using Subject above = new(pair.Above, pair.Size), below = new(pair.Below, pair.Size);
        var rounds = Enumerable.Range(0, Rounds + 1).Select(_ => (Above: above.Fastest(RoundTime), Below: below.Fastest(RoundTime))).Skip(1).ToList();
        var ratios = rounds.Select(round => round.Above / round.Below).Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {above} | {below} | {pair.Size} | **{ratios[Rounds / 2]:f2}** ({ratios[0]:f2} to {ratios[^1]:f2}) | {rounds.Min(round => round.Above):f2} | {rounds.Min(round => round.Below):f2} |");
    }

    private sealed record Layer(CellOptions Cell, LayerPath Path);

    private sealed record Size(long Time, long Batch, long Input, long Hidden)
    {
        public override string ToString() => $"{Time} × {Batch} × {Input} × {Hidden}";
    }

    private sealed record Pair(Layer Above, Layer Below, Size Size);

    /// <summary>A layer with its input, ready to be run.</summary>
    private sealed class Subject : IDisposable
    {
        private readonly Layer layer;
        private readonly RecurrentStack stack;
        private readonly Tensor input; // [time, batch, input]

        public Subject(Layer layer, Size size)
        {
            this.layer = layer;
            stack = new RecurrentStack(new StackOptions { Cell = layer.Cell, InputSize = size.Input, HiddenSizes = [size.Hidden], Path = layer.Path });
            using var frozen = no_grad();
            foreach (var parameter in stack.NamedParameters()) parameter.Parameter.uniform_(-0.05, 0.05);
            input = randn(size.Time, size.Batch, size.Input);
            input.requires_grad_();
        }

        /// <summary>Milliseconds of the fastest step within a time.</summary>
        public double Fastest(TimeSpan during)
        {
            var (fastest, whole) = (double.MaxValue, Stopwatch.StartNew());
            while (whole.Elapsed < during)
            {
                var step = Stopwatch.StartNew();
                Step();
                fastest = Math.Min(fastest, step.Elapsed.TotalMilliseconds);
            }

            return fastest;
        }

        public override string ToString() =>
            $"{CellTable.Cells.NameOf(layer.Cell)}{(layer.Cell is LstmOptions { CoupledGates: true } ? " coupled_gates" : "")} {stack.Description[0].Path}";

        public void Dispose()
        {
            stack.Dispose();
            input.Dispose();
        }

        private void Step()
        {
            using var scope = NewDisposeScope();
            stack.zero_grad(set_to_none: true);
            input.grad = null;
            var (output, _) = stack.Forward(input, stack.NewState(input.size(1))); // [time, batch, hidden]
            output.sum().backward();
        }
    }
}
