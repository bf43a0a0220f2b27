using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Layers;

public sealed class ZoneoutTests
{
    private static readonly ZoneoutOptions Options = new() { Hidden = 0.3, Memory = 0.6 };

    [Fact]
    public void In_training_each_value_is_the_last_one_or_the_new_one_in_the_shares_asked_for()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var zoneout = new Zoneout(Options, [new("h", 50), new("c", 50)]);
        var (last, next) = (new CellState(zeros(40, 50), zeros(40, 50)), new CellState(ones(40, 50), ones(40, 50)));
        var masks = zoneout.Draw(3, last);
        var states = Enumerable.Range(0, 3).Select(step => Zoneout.Keep(step, masks, last, next)).ToList();
        foreach (var state in states)
        {
            Assert.Equal([0, 1], Numbers.Of(state.Hidden).Distinct().Order());
            Assert.Equal(0.3, Numbers.Of(state.Hidden).Count(value => value == 0) / 2000.0, 0.05);
            Assert.Equal(0.6, Numbers.Of(state.Memory!).Count(value => value == 0) / 2000.0, 0.05);
        }

        Assert.NotEqual(Numbers.Of(states[0].Hidden), Numbers.Of(states[1].Hidden));
        Numbers.AreClose(full(40, 50, 0.7), zoneout.Mean(last, next).Hidden, 1e-6, "h in evaluation");
        Numbers.AreClose(full(40, 50, 0.4), zoneout.Mean(last, next).Memory!, 1e-6, "c in evaluation");
    }

    /// <summary>The layer against the cell's own steps with the expectation between them.</summary>
    [Fact]
    public void A_layer_in_evaluation_mixes_the_states_of_its_cell()
    {
        using var scope = NewDisposeScope();
        var options = Stacks.Options(new LstmOptions());
        using var plain = Stacks.Double(options);
        using var zoned = Stacks.Double(options with { Zoneout = Options });
        zoned.eval();
        Assert.Equal(("unrolled", "zoneout changes the state between two steps"), (zoned.Description[0].Path, zoned.Description[0].Reason));
        var input = Formula.Double(0.2, 5, 3, 2);
        var state = Stacks.State(plain.ZeroState(3));
        var (output, final) = zoned.Forward(input, state);
        for (var t = 0; t < 5; t++)
        {
            var (_, next) = plain.Forward(input.narrow(0, t, 1), state);
            var before = state;
            var values = before.NamedTensors().ToDictionary(part => part.Name, part => part.Value);
            state = next.Map((name, now) =>
            {
                var share = name[0] == 'h' ? Options.Hidden : Options.Memory;
                return (values[name] * share) + (now * (1 - share));
            });
            Numbers.AreClose(state[0][0].Hidden, output[t], 1e-13, $"output {t}");
        }

        Numbers.AreClose(state[0][0].Memory!, final[0][0].Memory!, 1e-13, "final c");
    }

    [Theory]
    [InlineData(LayerPath.Fused, "model.path: fused is not possible, zoneout changes the state")]
    public void The_fused_path_is_refused(LayerPath path, string start)
    {
        var options = Stacks.Options(new LstmOptions(), path) with { Zoneout = Options };
        Assert.StartsWith(start, Assert.Throws<UserMistakeException>(() => new RecurrentStack(options)).Message);
    }

    [Fact]
    public void A_cell_without_c_is_refused_the_share_of_c() => Assert.Contains(
        "gru has no memory c", Assert.Throws<UserMistakeException>(() => new RecurrentStack(Stacks.Options(new GruOptions()) with { Zoneout = Options })).Message);
}
