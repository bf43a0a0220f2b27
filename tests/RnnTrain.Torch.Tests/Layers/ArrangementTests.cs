using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Tensors;
using RnnTrain.Tests.Cells;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Layers;

/// <summary>What holds for every cell in every arrangement of layers.</summary>
public sealed class ArrangementTests
{
    private const long Time = 5;

    private static readonly Dictionary<string, Func<StackOptions, StackOptions>> Arrangements = new()
    {
        ["deep"] = options => options with { Layers = 3 },
        ["sum of directions"] = options => options with { Layers = 2, Bidirectional = true, Combine = DirectionCombination.Sum },
        ["residual"] = options => options with { Layers = 3, Connections = LayerConnections.Residual },
        ["highway"] = options => options with { Layers = 3, Connections = LayerConnections.Highway },
        ["residual in both directions"] = options => options with { Layers = 2, Bidirectional = true, Connections = LayerConnections.Residual },
        ["learned initial state"] = options => options with { Layers = 2, Bidirectional = true, LearnedInitialState = true },
        ["sizes by layer"] = options => options with { HiddenSizes = [3, 6, 3] },
        ["zoneout"] = options => options with { Layers = 2, Zoneout = new ZoneoutOptions { Hidden = 0.2 } },
    };

    public static TheoryData<string, string> All => [.. from cell in EveryCell.Variants.Keys
                                                        from arrangement in Arrangements.Keys
                                                        where IsPossible(cell, arrangement)
                                                        select (cell, arrangement)];

    [Fact]
    public void Only_zoneout_is_impossible_for_some_cells()
    {
        var possible = All.Count;
        var zoned = EveryCell.Variants.Keys.Count(cell => IsPossible(cell, "zoneout"));
        Assert.Equal((EveryCell.Variants.Count * (Arrangements.Count - 1)) + zoned, possible);
        Assert.InRange(zoned, 8, EveryCell.Variants.Count - 1);
    }

    /// <summary>Window after window is one sequence, for what reads forward alone.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Steps_one_by_one_are_the_sequence(string cell, string arrangement)
    {
        using var scope = NewDisposeScope();
        using var stack = New(cell, arrangement);
        if (stack.Description[0].Directions == 2) return;
        var input = Formula.Double(0.2, Time, 3, 2);
        var (whole, end) = stack.Forward(input, Stacks.State(stack.ZeroState(3)));
        var state = Stacks.State(stack.ZeroState(3));
        for (var t = 0; t < Time; t++)
        {
            (var output, state) = stack.Forward(input.narrow(0, t, 1), state);
            Numbers.AreClose(whole.narrow(0, t, 1), output, 1e-11, $"output {t}");
        }

        foreach (var ((name, expected), (_, found)) in end.NamedTensors().Zip(state.NamedTensors())) Numbers.AreClose(expected, found, 1e-11, name);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_stands_in_the_padding_changes_nothing(string cell, string arrangement)
    {
        using var scope = NewDisposeScope();
        using var stack = New(cell, arrangement);
        var lengths = new Lengths([2, Time, 1], Time, CPU);
        var input = Formula.Double(0.2, Time, 3, 2);
        var (first, _) = stack.Forward(input, stack.NewState(3), lengths);
        var (second, _) = stack.Forward(input + (lengths.Mask.logical_not() * 7.0), stack.NewState(3), lengths);
        Numbers.AreClose(first, second, 1e-12, "output");
        Numbers.AreEqual(zeros_like(first), first * lengths.Mask.logical_not(), "output in the padding");
        var (alone, _) = stack.Forward(input.narrow(0, 0, 2).narrow(1, 0, 1), stack.NewState(1));
        Numbers.AreClose(alone, first.narrow(0, 0, 2).narrow(1, 0, 1), 1e-11, "the first example alone");
    }

    /// <summary>
    /// But for the first state of three kinds: an xLSTM's n and m, which only keep numbers in bounds, and the empty window of a feed-forward
    /// network, whose rectified units may rest.
    /// </summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Every_parameter_gets_a_gradient(string cell, string arrangement)
    {
        using var scope = NewDisposeScope();
        using var stack = New(cell, arrangement);
        var (output, _) = stack.Forward(Formula.Double(0.2, Time, 3, 2), stack.NewState(3));
        (output * Formula.Double(0.5, output.shape)).sum().backward();
        string[] resting = ["initial_n", "initial_m", "initial_x"];
        foreach (var named in stack.NamedParameters().Where(named => !resting.Any(name => named.Name.StartsWith(name, StringComparison.Ordinal))))
        {
            Assert.True(named.Parameter.grad is { } gradient && Numbers.Of(gradient).Any(value => value != 0), $"{named.Name} has no gradient");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_state_that_was_saved_is_restored(string cell, string arrangement)
    {
        using var scope = NewDisposeScope();
        using var stack = New(cell, arrangement);
        var state = Stacks.State(stack.ZeroState(3));
        var restored = stack.RestoreState(state.NamedTensors().ToDictionary(part => part.Name, part => part.Value));
        foreach (var ((name, expected), (_, found)) in state.NamedTensors().Zip(restored.NamedTensors())) Numbers.AreEqual(expected, found, name);
    }

    [Fact]
    public void A_highway_carries_its_input_where_the_gate_is_shut_and_is_the_layer_where_it_is_open()
    {
        using var scope = NewDisposeScope();
        var options = Stacks.Options(new GruOptions()) with { Layers = 2 };
        using var plain = Stacks.Double(options);
        using var highway = Stacks.Double(options with { Connections = LayerConnections.Highway });
        highway.LoadParameters(plain.NamedParameters().Concat(highway.NamedParameters().Where(named => named.Name.StartsWith("highway", StringComparison.Ordinal)))
            .ToDictionary(named => named.Name, named => (Tensor)named.Parameter));
        var bias = highway.NamedParameters().Single(named => named.Name == "highway_bias_l1").Parameter;
        var input = Formula.Double(0.2, Time, 3, 2);
        using var lower = Stacks.Double(options with { Layers = 1 });
        lower.LoadParameters(plain.NamedParameters().Where(named => named.Name.EndsWith("l0", StringComparison.Ordinal)).ToDictionary(named => named.Name, named => (Tensor)named.Parameter));
        foreach (var (value, expected) in new[] { (50.0, plain), (-50.0, lower) })
        {
            using (no_grad()) bias.fill_(value);
            Numbers.AreClose(expected.Forward(input, expected.ZeroState(3)).Output, highway.Forward(input, highway.ZeroState(3)).Output, 1e-12, $"bias {value}");
        }
    }

    [Fact]
    public void A_learned_state_is_where_a_sequence_begins()
    {
        using var scope = NewDisposeScope();
        using var stack = Stacks.Double(Stacks.Options(new LstmOptions()) with { LearnedInitialState = true });
        var state = stack.NewState(2);
        foreach (var part in new[] { "h", "c" })
        {
            var learned = stack.NamedParameters().Single(named => named.Name == $"initial_{part}_l0").Parameter;
            Numbers.AreEqual(learned.detach().expand(2, 3), state.NamedTensors().Single(named => named.Name == $"{part}.0").Value, part);
        }
    }

    [Fact]
    public void Layers_of_unlike_sizes_cannot_be_connected()
    {
        var options = Stacks.Options(new LstmOptions()) with { HiddenSizes = [3, 4], Connections = LayerConnections.Residual };
        Assert.Equal(
            "model.connections: residual needs layers that put out as many features as they read, but layer 1 reads 3 and puts out 4; make all sizes equal, or use none",
            Assert.Throws<UserMistakeException>(() => new RecurrentStack(options)).Message);
        Assert.Throws<UserMistakeException>(() => new RecurrentStack(options with { HiddenSizes = [3] }));
    }

    private static bool IsPossible(string cell, string arrangement) => !StackRules.Mistakes(Options(cell, arrangement)).Any();

    private static StackOptions Options(string cell, string arrangement) => Arrangements[arrangement](Stacks.Options(EveryCell.Variants[cell]));

    private static RecurrentStack New(string cell, string arrangement)
    {
        var stack = Stacks.Double(Options(cell, arrangement));
        stack.eval(); // a zoneout without chance
        return stack;
    }
}
