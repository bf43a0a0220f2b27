using RnnTrain.Cells;
using RnnTrain.Layers;
using RnnTrain.Tests.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Cells;

public sealed class ParallelCellTests
{
    [Fact]
    public void Cells_take_the_parallel_path_where_their_options_say_so_and_there_alone()
    {
        Assert.Equal(["min_gru", "min_lstm", "sru", "feed_forward", "time_delay"], EveryCell.Parallel.Select(name => name.Split(' ')[0]).Distinct());
        foreach (var (name, options) in EveryCell.Variants)
        {
            using var cell = CellTable.Cells.Create(options, new CellSizes(2, 6));
            Assert.True(options.IsParallel == cell is IParallelCell, name);
            var layer = Assert.Single(RecurrentStack.Describe(Stacks.Options(options)));
            Assert.Equal(options.IsParallel, layer.Path == "parallel");
            if (options.IsParallel) Assert.Equal("no step of this cell waits for the one before", layer.Reason);
        }
    }

    /// <summary>Nothing to drop, to scale to a spectral radius or to make orthogonal.</summary>
    [Fact]
    public void Cells_that_read_whole_sequences_at_once_have_no_recurrent_weight()
    {
        foreach (var name in EveryCell.Parallel)
        {
            using var cell = CellTable.Cells.Create(EveryCell.Variants[name], new CellSizes(2, 3));
            Assert.DoesNotContain(cell.NamedParameters(), parameter => parameter.Role == ParameterRole.RecurrentWeight);
        }
    }

    [Fact]
    public void A_cell_that_can_only_step_makes_no_parallel_layer()
    {
        using var cell = CellTable.Cells.Create(new GruOptions(), new CellSizes(2, 3));
        Assert.Equal("cell", Assert.Throws<ArgumentException>(() => new ParallelLayer(cell)).ParamName);
    }

    [Theory]
    [InlineData("min_gru")]
    [InlineData("min_lstm")]
    public void Minimal_cells_are_their_equations(string name)
    {
        using var scope = NewDisposeScope();
        using var cell = Cell(name, hidden: 3);
        var (w, b) = (Weights(cell, 0), Weights(cell, 1));
        var (x, h) = (Numbers.Of(Formula.Double(0.2, 4, 1, 2)), Numbers.Of(Formula.Double(0.3, 1, 3)));
        List<double> expected = [];
        for (var t = 0; t < 4; t++)
        {
            for (var j = 0; j < 3; j++)
            {
                double Sum(int gate) => b[(gate * 3) + j] + (w[((gate * 3) + j) * 2] * x[t * 2]) + (w[(((gate * 3) + j) * 2) + 1] * x[(t * 2) + 1]);
                if (name == "min_gru")
                {
                    h[j] = ((1 - Sigmoid(Sum(0))) * h[j]) + (Sigmoid(Sum(0)) * Sum(1));
                }
                else
                {
                    var (f, i) = (Sigmoid(Sum(0)), Sigmoid(Sum(1)));
                    h[j] = (f / (f + i) * h[j]) + (i / (f + i) * Sum(2));
                }

                expected.Add(h[j]);
            }
        }

        Numbers.AreClose([.. expected], Run(cell, 3), 1e-12, name);
    }

    /// <summary>With the input as wide as the hidden units, where it goes past the cell as it is, and with another width.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_simple_recurrent_unit_is_its_equations(int hidden)
    {
        using var scope = NewDisposeScope();
        using var cell = Cell("sru", hidden);
        var (w, b) = (Weights(cell, 0), Weights(cell, 1));
        Assert.Equal((hidden == 2 ? 3 : 4) * hidden * 2, w.Length);
        var (x, c) = (Numbers.Of(Formula.Double(0.2, 4, 1, 2)), Numbers.Of(Formula.Double(0.3, 1, hidden)));
        List<double> expected = [];
        for (var t = 0; t < 4; t++)
        {
            for (var j = 0; j < hidden; j++)
            {
                double Sum(int gate) => (w[((gate * hidden) + j) * 2] * x[t * 2]) + (w[(((gate * hidden) + j) * 2) + 1] * x[(t * 2) + 1]);
                var (f, r) = (Sigmoid(Sum(0) + b[j]), Sigmoid(Sum(2) + b[hidden + j]));
                c[j] = (f * c[j]) + ((1 - f) * Sum(1));
                expected.Add((r * Math.Tanh(c[j])) + ((1 - r) * (hidden == 2 ? x[(t * 2) + j] : Sum(3))));
            }
        }

        Numbers.AreClose([.. expected], Run(cell, hidden), 1e-12, "sru");
    }

    /// <summary>Which inputs reach an output: those of the window alone, the newest with the last weights.</summary>
    [Theory]
    [InlineData("feed_forward", 0, new[] { 0, 1, 2, 3, 4 })]
    [InlineData("feed_forward", 1, new[] { 0 })]
    [InlineData("time_delay", 0, new[] { 0, 1, 2 })]
    [InlineData("time_delay", 2, new[] { 0, 4, 8 })]
    public void A_window_reaches_back_so_far_and_no_further(string name, int layer, int[] delays)
    {
        using var scope = NewDisposeScope();
        using var cell = CellTable.Cells.Create(EveryCell.Variants[name], new CellSizes(1, 1, layer)).to(float64);
        Stacks.Fill(cell.NamedParameters(), Formula.Double);
        var input = zeros(10, 1, 1, float64).requires_grad_();
        var part = Assert.Single(cell.StateParts);
        Assert.Equal(new long[] { delays[^1], 1 }, part.Shape);
        var (output, _) = ((IParallelCell)cell).Run(input, new CellState(zeros([1, .. part.Shape], float64)), null);
        output[9].sum().backward();
        var slope = 1 - Math.Pow(Math.Tanh(Weights(cell, 1)[0]), 2);
        var expected = new double[10];
        for (var tap = 0; tap < delays.Length; tap++) expected[9 - delays[tap]] = slope * Weights(cell, 0)[delays.Length - 1 - tap];
        Numbers.AreClose(expected, input.grad!, 1e-12, name);
    }

    [Fact]
    public void Layers_of_a_time_delay_network_look_further_and_further()
    {
        using var stack = new RecurrentStack(Stacks.Options(new TimeDelayOptions { KernelSize = 2, DilationBase = 3 }) with { Layers = 3 });
        Assert.Equal([1L, 3L, 9L], Enumerable.Range(0, 3).Select(layer => stack.ZeroState(1)[layer][0][0].size(1)));
    }

    private static RecurrentCell Cell(string name, long hidden)
    {
        var cell = CellTable.Cells.Create(EveryCell.Variants[name], new CellSizes(2, hidden)).to(float64);
        Stacks.Fill(cell.NamedParameters(), Formula.Double);
        return cell;
    }

    private static double[] Weights(RecurrentCell cell, int parameter) => Numbers.Of(cell.NamedParameters()[parameter].Parameter);

    /// <summary>Four steps at once.</summary>
    private static Tensor Run(RecurrentCell cell, long hidden) =>
        ((IParallelCell)cell).Run(Formula.Double(0.2, 4, 1, 2), new CellState(Formula.Double(0.3, 1, hidden)), null).Output;

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
