using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Tensors;
using RnnTrain.Tests.Cells;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Layers;

/// <summary>Layers against numbers of PyTorch, both paths, with and without padding, from a state that is not zero.</summary>
public sealed class GoldenTests
{
    private static readonly GoldenFile File = Golden.Read<GoldenFile>("cells.json");

    /// <summary>The cells of the file as <see cref="EveryCell"/> names them.</summary>
    private static readonly Dictionary<string, string> Variants = new()
    {
        ["lstm"] = "lstm",
        ["gru"] = "gru",
        ["elman_tanh"] = "elman",
        ["elman_relu"] = "elman activation=relu",
    };

    public static TheoryData<int, LayerPath> Cases => [.. from index in Enumerable.Range(0, File.Cases.Count)
                                                          from path in new[] { LayerPath.Fused, LayerPath.Unrolled }
                                                          select (index, path)];

    [Fact]
    public void Every_fused_cell_has_golden_numbers()
    {
        Assert.Equal(EveryCell.Fused.Order(), File.Cases.Select(golden => Variants[golden.Cell]).Distinct().Order());
        Assert.Equal(12, File.Cases.Count);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_states_and_gradients_are_those_of_PyTorch(int index, LayerPath path)
    {
        using var scope = NewDisposeScope();
        var golden = File.Cases[index];
        using var stack = Stacks.Double(new StackOptions
        {
            Cell = EveryCell.Variants[Variants[golden.Cell]],
            InputSize = 2,
            HiddenSize = 3,
            Layers = golden.Layers,
            Bidirectional = golden.Bidirectional,
            Path = path,
        });
        var input = Formula.Double(0.2, 4, 3, 2).requires_grad_();
        var initial = Stacks.State(stack.ZeroState(3), requiresGrad: true);
        var lengths = golden.Lengths is null ? null : new Lengths(golden.Lengths, 4, CPU);

        var (output, final) = stack.Forward(input, initial, lengths);
        var ends = States(final, tensor => tensor);
        var loss = (output * Formula.Double(0.5, output.shape)).sum();
        foreach (var end in ends) loss = loss + (end * Formula.Double(0.6, end.shape)).sum();
        loss.backward();

        Numbers.AreClose(golden.Output, output, 1e-10, "output");
        for (var i = 0; i < ends.Count; i++) Numbers.AreClose(golden.Final[i], ends[i], 1e-10, $"final state {i}");
        Numbers.AreClose(golden.InputGradient, input.grad!, 1e-10, "gradient of the input");
        var stateGradients = States(initial, tensor => tensor.grad!);
        for (var i = 0; i < stateGradients.Count; i++) Numbers.AreClose(golden.StateGradients[i], stateGradients[i], 1e-10, $"gradient of state {i}");
        Assert.Equal(golden.Gradients.Keys, stack.NamedParameters().Select(parameter => parameter.Name));
        foreach (var parameter in stack.NamedParameters())
        {
            Numbers.AreClose(golden.Gradients[parameter.Name], parameter.Parameter.grad!, 1e-10, $"gradient of {parameter.Name}");
        }
    }

    /// <summary>All h, and all c where there are any, stacked as PyTorch does: [layers · directions, batch, hidden].</summary>
    private static List<Tensor> States(RecurrentState state, Func<Tensor, Tensor> choose)
    {
        var named = state.NamedTensors().ToList();
        return [.. named.GroupBy(tensor => tensor.Name[0]).OrderBy(group => group.Key == 'c').Select(group => stack(group.Select(tensor => choose(tensor.Value))))];
    }

    private sealed record GoldenFile(IReadOnlyList<GoldenCase> Cases);

    private sealed record GoldenCase(
        string Cell,
        int Layers,
        bool Bidirectional,
        long[]? Lengths,
        double[] Output,
        double[][] Final,
        double[] InputGradient,
        double[][] StateGradients,
        Dictionary<string, double[]> Gradients);
}
