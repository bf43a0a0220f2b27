using RnnTrain.Cells;
using RnnTrain.Numerics;
using RnnTrain.Reports;
using RnnTrain.Tests.Cells;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Reports;

public sealed class StepJacobianTests
{
    private const int Hidden = 6;
    private const int Batch = 3;

    private static Tensor Random(long[] shape, string purpose, double size = 1)
    {
        var random = PortableRandom.For(5, purpose);
        var numbers = Enumerable.Range(0, (int)shape.Aggregate(1L, (product, length) => product * length)).Select(_ => size * random.NextNormal()).ToArray();
        return tensor(numbers).view(shape);
    }

    private static RecurrentCell Cell(string name)
    {
        var cell = CellTable.Cells.Create(EveryCell.Variants[name], new CellSizes(4, Hidden));
        cell.to(ScalarType.Float64);
        cell.eval();
        using var frozen = no_grad();
        foreach (var parameter in cell.NamedParameters()) parameter.Parameter.copy_(Random(parameter.Parameter.shape, parameter.Name, 0.5));
        return cell;
    }

    /// <summary>J row by row, of one example: one backward pass a number of the state.</summary>
    private static Tensor Explicit(RecurrentCell cell, Tensor projected, CellState before)
    {
        var start = before.Map(part => part.detach().requires_grad_());
        var (_, end) = cell.Step(projected, start);
        Tensor[] from = [.. Enumerable.Range(0, start.Count).Select(part => start[part])];
        Tensor[] to = [.. Enumerable.Range(0, end.Count).Select(part => end[part])];
        var flat = cat([.. to.Select(part => part.flatten())]); // [state]
        return stack(Enumerable.Range(0, (int)flat.numel()).Select(row =>
        {
            var gradients = autograd.grad([flat[row]], from, retain_graph: true, allow_unused: true);
            return cat([.. gradients.Select((gradient, part) => (gradient ?? zeros_like(from[part])).flatten())]);
        })).detach(); // [state, state]
    }

    [Theory]
    [MemberData(nameof(EveryCell.Names), MemberType = typeof(EveryCell))]
    public void The_largest_singular_value_is_that_of_the_whole_Jacobian(string name)
    {
        using var scope = NewDisposeScope();
        using var cell = Cell(name);
        var projected = cell.Project(Random([1, Batch, 4], "input"))[0].detach(); // [batch, gates · hidden]
        var before = new CellState([.. cell.StateParts.Select(part => Random([Batch, .. part.Shape], part.Name, 0.3).abs())]);
        var found = StepJacobian.Norms(cell, projected, before);
        Assert.Equal(Batch, found.Length);
        var largest = 0.0;
        for (var example = 0; example < Batch; example++)
        {
            var jacobian = Explicit(cell, projected.narrow(0, example, 1), before.Map(part => part.narrow(0, example, 1)));
            var expected = linalg.svdvals(jacobian)[0].ToDouble();
            Assert.InRange(found[example], expected * 0.995, expected * 1.0001); // 0 where a rectified unit lets nothing through
            largest = Math.Max(largest, expected);
        }
        Assert.True(largest > 1e-3, $"{name}: the largest Jacobian is {largest}, which proves nothing");
    }

    [Fact]
    public void Of_an_Elman_network_it_is_that_of_the_slopes_times_the_matrix()
    {
        using var scope = NewDisposeScope();
        using var cell = Cell("elman");
        var projected = cell.Project(Random([1, Batch, 4], "input"))[0].detach();
        var before = new CellState(Random([Batch, Hidden], "h"));
        var h = cell.Step(projected, before).Output.detach(); // [batch, hidden]
        var w = cell.NamedParameters().Single(parameter => parameter.Role == ParameterRole.RecurrentWeight).Parameter.detach();
        var found = StepJacobian.Norms(cell, projected, before);
        for (var example = 0; example < Batch; example++)
        {
            var slopes = (1 - h[example].square()).unsqueeze(1); // [hidden, 1]
            Assert.Equal(linalg.svdvals(slopes * w)[0].ToDouble(), found[example], 1e-3);
        }
    }
}
