using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Tests.Layers;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Cells;

public sealed class CellTableTests
{
    [Fact]
    public void The_theories_over_every_cell_find_all_of_them()
    {
        Assert.Equal(CellTable.Cells.Made.Select(entry => entry.Name), EveryCell.Variants.Keys.Select(name => name.Split(' ')[0]).Distinct());
        string[] lstm =
        [
            "lstm", "lstm peepholes=true", "lstm projection=2", "lstm layer_normalization=true", "lstm coupled_gates=true", "lstm all",
        ];
        Assert.Equal(lstm, EveryCell.Variants.Keys.Where(name => name.StartsWith("lstm", StringComparison.Ordinal)));
        Assert.Equal(
            new LstmOptions { Peepholes = true, Projection = 2, LayerNormalization = true, CoupledGates = true }, EveryCell.Variants["lstm all"]);
        Assert.Equal(new GruOptions { ResetAfter = false }, EveryCell.Variants["gru reset_after=false"]);
        Assert.Equal(new SlstmOptions { Heads = 3, ForgetGate = ForgetFunction.Exponential }, EveryCell.Variants["slstm all"]);
    }

    [Fact]
    public void The_plain_cells_take_the_fused_path()
    {
        string[] plain = ["elman", "elman activation=relu", "lstm", "gru"];
        Assert.Equal(plain, EveryCell.Fused);
        foreach (var name in plain)
        {
            var options = new StackOptions { Cell = EveryCell.Variants[name], InputSize = 3, HiddenSize = 4, Layers = 2 };
            var layers = RecurrentStack.Describe(options);
            Assert.Equal(2, layers.Count);
            Assert.All(layers, layer => Assert.True(layer.IsFused, $"{name} is {layer.Path}: {layer.Reason}"));
        }
    }

    [Fact]
    public void A_layer_that_is_not_fused_says_why()
    {
        var options = new StackOptions { Cell = new LstmOptions(), InputSize = 3, HiddenSize = 4, Path = LayerPath.Unrolled };
        var layer = Assert.Single(RecurrentStack.Describe(options));
        Assert.False(layer.IsFused);
        Assert.Equal("model.path is unrolled", layer.Reason);
    }

    [Theory]
    [InlineData("lstm peepholes=true", "peepholes: libtorch has no kernel")]
    [InlineData("lstm layer_normalization=true", "layer_normalization: libtorch has no kernel")]
    [InlineData("lstm coupled_gates=true", "coupled_gates: libtorch has no kernel")]
    [InlineData("lstm projection=2", "projection: TorchSharp's nn.LSTM has no proj_size")]
    [InlineData("gru reset_after=false", "reset_after: false: libtorch's GRU resets after the product")]
    [InlineData("elman activation=sigmoid", "activation: sigmoid: libtorch's RNN knows tanh and relu")]
    public void An_option_that_leaves_the_fused_path_says_why(string name, string reason)
    {
        var layer = Assert.Single(RecurrentStack.Describe(Stacks.Options(EveryCell.Variants[name])));
        Assert.False(layer.IsFused);
        Assert.Equal(reason, layer.Reason);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(2, 2)]
    public void A_projection_to_no_fewer_features_is_refused(int projection, long hidden)
    {
        var options = Stacks.Options(new LstmOptions { Projection = projection }) with { HiddenSize = hidden };
        var mistake = Assert.Throws<UserMistakeException>(() => RecurrentStack.Describe(options));
        Assert.Contains($"model.cell.projection: {projection} of {hidden} hidden units", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Heads_that_do_not_divide_the_hidden_units_are_refused_with_the_nearest_that_do()
    {
        foreach (var cell in new CellOptions[] { new SlstmOptions { Heads = 5 }, new MlstmOptions { Heads = 5 } })
        {
            var mistake = Assert.Throws<UserMistakeException>(() => RecurrentStack.Describe(Stacks.Options(cell) with { HiddenSize = 24 }));
            Assert.Equal("model.cell.heads: 24 hidden units cannot be divided among 5 heads; use 4 or 6", mistake.Message);
        }
    }

    [Fact]
    public void A_projection_makes_the_output_and_the_next_layer_s_input_smaller()
    {
        using var scope = NewDisposeScope();
        using var stack = Stacks.Single(Stacks.Options(new LstmOptions { Projection = 2 }) with { Layers = 2, Bidirectional = true });
        Assert.Equal(4, stack.OutputSize);
        Assert.Equal([2L, 4L], stack.Description.Select(layer => layer.InputSize));
        var names = stack.NamedParameters().Take(5).Select(parameter => (parameter.Name, string.Join(' ', parameter.Shape)));
        Assert.Equal(
            [("weight_ih_l0", "12 2"), ("weight_hh_l0", "12 2"), ("bias_ih_l0", "12"), ("bias_hh_l0", "12"), ("weight_hr_l0", "2 3")], names);
        var state = stack.ZeroState(5)[1][0];
        Assert.Equal([5L, 2L], state.Hidden.shape);
        Assert.Equal([5L, 3L], state.Memory!.shape);
    }

    [Fact]
    public void The_stabiliser_of_an_xLSTM_keeps_large_gates_finite()
    {
        using var scope = NewDisposeScope();
        foreach (var (name, cell) in EveryCell.Variants.Where(variant => variant.Value is SlstmOptions or MlstmOptions))
        {
            using var stack = Stacks.Single(Stacks.Options(cell));
            var (output, _) = stack.Forward(Formula.Single(0.2, 40, 3, 2) * 400, stack.ZeroState(3));
            Assert.True(output.isfinite().all().item<bool>(), name);
            Assert.InRange(output.abs().max().item<float>(), 0.1f, 1e4f);
        }
    }

    [Theory]
    [MemberData(nameof(EveryCell.Names), MemberType = typeof(EveryCell))]
    public void A_cell_that_steps_shows_its_activations_within_their_ranges(string name)
    {
        using var scope = NewDisposeScope();
        using var cell = CellTable.Cells.Create(EveryCell.Variants[name], new CellSizes(2, 6));
        if (cell is IParallelCell) return;
        Stacks.Fill(cell.NamedParameters(), Formula.Single);
        var state = new CellState([.. cell.StateParts.Select((part, i) => Formula.Single(0.3 + i, [3, .. part.Shape]))]);
        var shown = Assert.IsType<IGatedCell>(cell, exactMatch: false).Activations(cell.Project(Formula.Single(0.2, 1, 3, 2))[0], state);
        Assert.NotEmpty(shown);
        foreach (var activation in shown)
        {
            var (least, most) = activation.Kind switch { GateKind.Sigmoid => (0.0, 1.0), GateKind.Tanh => (-1.0, 1.0), _ => (0.0, 100.0) };
            Assert.Equal(3, activation.Value.size(0));
            Assert.All(Numbers.Of(activation.Value), value => Assert.InRange(value, least, most));
        }
    }

    [Theory]
    [MemberData(nameof(EveryCell.FusedNames), MemberType = typeof(EveryCell))]
    public void Parameters_have_the_names_and_gates_of_PyTorch(string name)
    {
        using var cell = CellTable.Cells.Create(EveryCell.Variants[name], new CellSizes(3, 5));
        var parameters = cell.NamedParameters();
        var gates = parameters[0].Gates;
        Assert.Equal(["weight_ih", "weight_hh", "bias_ih", "bias_hh"], parameters.Select(parameter => parameter.Name));
        Assert.Equal([gates * 5, 3], parameters[0].Shape);
        Assert.Equal([gates * 5, 5], parameters[1].Shape);
        Assert.Equal([gates * 5], parameters[2].Shape);
        Assert.Equal([gates * 5], parameters[3].Shape);
    }
}
