using RnnTrain.Cells;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Cells;

public sealed class CellGradientTests
{
    private const double Step = 1e-6;

    [Theory]
    [MemberData(nameof(EveryCell.Names), MemberType = typeof(EveryCell))]
    public void Gradients_are_what_small_changes_of_each_number_give(string name)
    {
        using var scope = NewDisposeScope();
        using var cell = CellTable.Cells.Create(EveryCell.Variants[name], new CellSizes(2, 6)).to(float64);
        var leaves = cell.NamedParameters().Select(parameter => (parameter.Name, Value: (Tensor)parameter.Parameter)).ToList();
        using (no_grad())
        {
            for (var i = 0; i < leaves.Count; i++) leaves[i].Value.copy_(Formula.Double(i + 1, leaves[i].Value.shape));
        }

        leaves.Add(("input", Formula.Double(0.2, 2, 3, 2).requires_grad_()));
        leaves.AddRange(cell.StateParts.Select((part, i) => (part.Name, StartOf(part, 0.3 + (i / 10.0)).requires_grad_())));
        Tensor Loss() => LossOf(cell, leaves.ToDictionary(leaf => leaf.Name, leaf => leaf.Value));

        Loss().backward();
        foreach (var (leaf, value) in leaves)
        {
            Numbers.AreClose(NumericalGradient(value, Loss), value.grad!, 1e-7, $"gradient of {leaf}");
        }
    }

    /// <summary>Positive for the n of an xLSTM, the sum of its gates.</summary>
    private static Tensor StartOf(StatePart part, double phase) => Formula.Double(phase, [3, .. part.Shape]) + (part.Name == "n" ? 1 : 0); // [batch, …]

    /// <summary>Two steps, so that the gradient flows through the state too.</summary>
    private static Tensor LossOf(RecurrentCell cell, Dictionary<string, Tensor> leaves)
    {
        var state = new CellState([.. cell.StateParts.Select(part => leaves[part.Name])]);
        var projected = cell.Project(leaves["input"]).unbind(0); // 2 × [batch, gates · hidden]
        (var first, state) = cell.Step(projected[0], state); // [batch, hidden]
        (var second, state) = cell.Step(projected[1], state); // [batch, hidden]
        var loss = Weighted(first, 0.5) + Weighted(second, 0.6);
        for (var i = 0; i < state.Count; i++) loss += Weighted(state[i], 0.7 + (i / 10.0));
        return loss;

        static Tensor Weighted(Tensor value, double start) => (value * Formula.Double(start, value.shape)).sum(); // []
    }

    private static double[] NumericalGradient(Tensor value, Func<Tensor> loss)
    {
        using var frozen = no_grad();
        var original = Numbers.Of(value);
        return [.. original.Select((_, i) => (LossAt(i, Step) - LossAt(i, -Step)) / (2 * Step))];

        double LossAt(int index, double change)
        {
            var moved = (double[])original.Clone();
            moved[index] += change;
            value.copy_(tensor(moved, value.shape));
            var at = loss().item<double>();
            value.copy_(tensor(original, value.shape));
            return at;
        }
    }
}
