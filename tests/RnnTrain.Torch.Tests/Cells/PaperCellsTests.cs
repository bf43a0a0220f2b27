using RnnTrain.Cells;
using RnnTrain.Layers;
using RnnTrain.Tests.Layers;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Cells;

/// <summary>
/// The cells that PyTorch lacks against scripts/golden/paper_cells.py, which writes down the papers' equations, from a state that is not zero.
/// </summary>
public sealed class PaperCellsTests
{
    private static readonly GoldenFile File = Golden.Read<GoldenFile>("paper_cells.json");

    public static TheoryData<string> Cases => [.. File.Cases.Select(NameOf)];

    /// <summary>Those of <see cref="GoldenTests"/>, and cells that are held against a form of their own in tests of their own, are not in the file.</summary>
    [Fact]
    public void Every_cell_that_steps_and_is_not_fused_has_golden_numbers()
    {
        string[] elsewhere = ["min_gru", "min_lstm", "qrnn", "sru", "feed_forward", "time_delay", "markov"];
        var needed = EveryCell.Variants.Where(variant => !EveryCell.Fused.Contains(variant.Key)).Select(variant => CellTable.Cells.NameOf(variant.Value));
        Assert.Equal(needed.Distinct().Except(elsewhere).Order(), File.Cases.Select(golden => golden.Cell).Distinct().Order());
        Assert.Equal(1 + 3 + 3 + 15 + 1 + 1 + 4 + 3, File.Cases.Count);
        Assert.Equal(File.Cases.Count, File.Cases.Select(NameOf).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_states_and_gradients_are_those_of_the_equations(string name)
    {
        using var scope = NewDisposeScope();
        var golden = File.Cases.Single(one => NameOf(one) == name);
        using var stack = Stacks.Double(new StackOptions
        {
            Cell = EveryCell.With(golden.Cell, golden.Options),
            InputSize = 2,
            HiddenSize = 4,
        });
        Assert.False(stack.Description[0].IsFused);
        var input = Formula.Double(0.2, 4, 3, 2).requires_grad_();
        var initial = Stacks.State(stack.ZeroState(3), requiresGrad: true);

        var (output, final) = stack.Forward(input, initial);
        var loss = (output * Formula.Double(0.5, output.shape)).sum();
        foreach (var (_, end) in final.NamedTensors()) loss = loss + (end * Formula.Double(0.6, end.shape)).sum();
        loss.backward();

        Numbers.AreClose(golden.Output, output, 1e-10, "output");
        AreClose(golden.Final, final, end => end, "final");
        Numbers.AreClose(golden.InputGradient, input.grad!, 1e-10, "gradient of the input");
        AreClose(golden.StateGradients, initial, start => start.grad!, "gradient of");
        Assert.Equal(golden.Gradients.Keys.Select(parameter => $"{parameter}_l0"), stack.NamedParameters().Select(parameter => parameter.Name));
        foreach (var parameter in stack.NamedParameters())
        {
            Numbers.AreClose(golden.Gradients[parameter.Name[..^3]], parameter.Parameter.grad!, 1e-9, $"gradient of {parameter.Name}");
        }
    }

    private static void AreClose(double[][] expected, RecurrentState state, Func<Tensor, Tensor> choose, string what)
    {
        var parts = state.NamedTensors().ToList();
        Assert.Equal(expected.Length, parts.Count);
        for (var i = 0; i < parts.Count; i++) Numbers.AreClose(expected[i], choose(parts[i].Value), 1e-10, $"{what} {parts[i].Name}");
    }

    private static string NameOf(GoldenCase golden) => string.Join(' ', golden.Options.Select(pair => $"{pair.Key}={pair.Value}").Prepend(golden.Cell));

    private sealed record GoldenFile(IReadOnlyList<GoldenCase> Cases);

    private sealed record GoldenCase(
        string Cell,
        Dictionary<string, string> Options,
        double[] Output,
        double[][] Final,
        double[] InputGradient,
        double[][] StateGradients,
        Dictionary<string, double[]> Gradients);
}
