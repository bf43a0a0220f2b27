using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Tensors;
using RnnTrain.Tests.Cells;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Layers;

public sealed class RecurrentStackTests
{
    private static readonly StackOptions TwoLayers = Stacks.Options(new LstmOptions()) with { Layers = 2 };

    [Theory]
    [InlineData(LayerPath.Fused)]
    [InlineData(LayerPath.Unrolled)]
    public void Parameters_have_the_names_of_PyTorch(LayerPath path)
    {
        using var stack = new RecurrentStack(TwoLayers with { Bidirectional = true, Path = path });
        using var reference = nn.LSTM(2, 3, 2, bidirectional: true);
        Assert.Equal(reference.named_parameters().Select(named => named.name), stack.NamedParameters().Select(parameter => parameter.Name));
        Assert.Equal(reference.named_parameters().Select(named => named.parameter.shape), stack.NamedParameters().Select(parameter => parameter.Parameter.shape));
    }

    [Theory]
    [InlineData(LayerPath.Fused)]
    [InlineData(LayerPath.Unrolled)]
    public void The_weights_of_an_LSTM_of_PyTorch_load(LayerPath path)
    {
        using var scope = NewDisposeScope();
        using var reference = nn.LSTM(2, 3, 2);
        using var stack = new RecurrentStack(TwoLayers with { Path = path });
        stack.LoadParameters(reference.named_parameters().ToDictionary(named => named.name, named => (Tensor)named.parameter));
        var input = Formula.Single(0.2, 5, 3, 2);
        var (expected, _, _) = reference.call(input);
        Numbers.AreClose(expected, stack.Forward(input, stack.ZeroState(3)).Output, 1e-6, "output");
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused_with_one_line_each_and_change_nothing()
    {
        using var scope = NewDisposeScope();
        using var stack = Stacks.Single(Stacks.Options(new GruOptions()));
        var before = Numbers.Of(stack.NamedParameters()[1].Parameter);
        var weights = new Dictionary<string, Tensor>
        {
            ["weight_ih_l0"] = zeros(9, 4),
            ["weight_hh_l0"] = zeros(9, 3),
            ["bias_ih_l0"] = zeros(9),
            ["weight_ih_l1"] = zeros(9, 3),
        };
        var mistake = Assert.Throws<UserMistakeException>(() => stack.LoadParameters(weights));
        Assert.Equal(
            [
                "the weights' 'weight_ih_l0' is [9, 4], but the model needs [9, 2]",
                "the weights lack 'bias_hh_l0' [9]",
                "the weights hold 'weight_ih_l1', which the model does not have",
            ],
            mistake.Lines);
        Assert.Equal(before, Numbers.Of(stack.NamedParameters()[1].Parameter));
    }

    [Fact]
    public void The_description_says_why_a_path_was_taken()
    {
        var stack = Stacks.Options(new LstmOptions(), LayerPath.Fused);
        Assert.True(RecurrentStack.Describe(stack)[0].IsFused);
        Assert.Equal("model.path is unrolled", RecurrentStack.Describe(stack with { Path = LayerPath.Unrolled })[0].Reason);
        Assert.StartsWith("nn.LSTM is the same function; by ", RecurrentStack.Describe(stack with { Path = LayerPath.Auto })[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fused_path_that_is_asked_for_is_refused_where_the_cell_has_none()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => RecurrentStack.Describe(Stacks.Options(new CellOfItsOwnOptions(), LayerPath.Fused)));
        Assert.Equal("model.path: fused is not possible, libtorch has no kernel for this cell; use auto or unrolled", mistake.Message);
    }

    [Theory]
    [MemberData(nameof(EveryCell.Names), MemberType = typeof(EveryCell))]
    public void Every_parameter_gets_a_gradient(string name)
    {
        foreach (var path in EveryCell.Paths(name))
        {
            using var scope = NewDisposeScope();
            using var stack = Stacks.Double(Stacks.Options(EveryCell.Variants[name], path) with { Layers = 2, Bidirectional = true });
            var (output, _) = stack.Forward(Formula.Double(0.2, 5, 3, 2), stack.ZeroState(3));
            (output * Formula.Double(0.5, output.shape)).sum().backward();
            Assert.True(stack.NamedParameters().Count >= 4 * 2);
            Assert.All(stack.NamedParameters(), parameter => Assert.Contains(Numbers.Of(parameter.Parameter.grad!), value => value != 0));
        }
    }

    [Fact]
    public void Dropout_is_only_between_layers_and_only_in_training()
    {
        using var scope = NewDisposeScope();
        var input = Formula.Single(0.2, 5, 3, 2);
        Tensor Output(StackOptions options, bool training)
        {
            using var stack = Stacks.Single(options);
            stack.train(training);
            manual_seed(1);
            return stack.Forward(input, stack.ZeroState(3)).Output;
        }

        var plain = Output(TwoLayers, training: true);
        Numbers.AreEqual(plain, Output(TwoLayers with { DropoutBetweenLayers = 0.5 }, training: false), "evaluation");
        Assert.False(plain.Equals(Output(TwoLayers with { DropoutBetweenLayers = 0.5 }, training: true)));
        var oneLayer = TwoLayers with { Layers = 1 };
        Numbers.AreEqual(Output(oneLayer, training: true), Output(oneLayer with { DropoutBetweenLayers = 0.5 }, training: true), "one layer");
    }

    [Fact]
    public void The_state_survives_its_tensors_by_name()
    {
        using var scope = NewDisposeScope();
        using var stack = new RecurrentStack(TwoLayers);
        var state = Stacks.State(stack.ZeroState(3));
        var saved = state.NamedTensors().ToDictionary(named => named.Name, named => named.Value);
        Assert.Equal(["h.0", "c.0", "h.1", "c.1"], saved.Keys);
        var restored = stack.RestoreState(saved);
        foreach (var (name, value) in restored.NamedTensors()) Numbers.AreEqual(saved[name], value, name);

        saved["c.1"] = zeros(3, 2);
        Assert.Contains("'c.1' is [3, 2], but [batch = 3, hidden = 3]", Assert.Throws<InvalidDataException>(() => stack.RestoreState(saved)).Message);
        saved.Remove("c.1");
        Assert.Contains("'c.1' is missing", Assert.Throws<InvalidDataException>(() => stack.RestoreState(saved)).Message);
    }

    [Fact]
    public void Wrong_shapes_are_named()
    {
        using var scope = NewDisposeScope();
        foreach (var path in new[] { LayerPath.Fused, LayerPath.Unrolled })
        {
            using var stack = new RecurrentStack(TwoLayers with { Path = path });
            var wrongInput = Assert.Throws<ArgumentException>(() => stack.Forward(zeros(5, 3, 4), stack.ZeroState(3)));
            Assert.Equal("input is [5, 3, 4], but [time, batch, features = 2] is needed", wrongInput.Message);
            Assert.Throws<ArgumentException>(() => stack.Forward(zeros(5), stack.ZeroState(3)));
            var wrongState = Assert.Throws<ArgumentException>(() => stack.Forward(zeros(5, 3, 2), stack.ZeroState(2)));
            Assert.Equal("state h is [2, 3], but [batch = 3, hidden = 3] is needed", wrongState.Message);
            var wrongLengths = Assert.Throws<ArgumentException>(() => stack.Forward(zeros(5, 3, 2), stack.ZeroState(3), new Lengths([1, 2], 5, CPU)));
            Assert.Contains("lengths are of 5 time steps and 2 examples", wrongLengths.Message);
        }
    }

    [Fact]
    public void No_tensor_outlives_scope_and_stack()
    {
        Run();
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        Run();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);

        static void Run()
        {
            foreach (var path in new[] { LayerPath.Fused, LayerPath.Unrolled })
            {
                using var stack = new RecurrentStack(TwoLayers with { Bidirectional = true, Path = path, DropoutBetweenLayers = 0.2 });
                using var scope = NewDisposeScope();
                var (output, _) = stack.Forward(Formula.Single(0.2, 5, 3, 2), stack.ZeroState(3), new Lengths([1, 5, 3], 5, CPU));
                output.sum().backward();
            }
        }
    }

    /// <summary>What the table does not hold.</summary>
    private sealed record CellOfItsOwnOptions : CellOptions;
}
