using RnnTrain.Cells;
using RnnTrain.Numerics;
using RnnTrain.Reports;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Reports;

public sealed class SpectralRadiusTests
{
    private static Tensor Random(int size, int seed)
    {
        var random = PortableRandom.For(seed, "matrix");
        return tensor(Enumerable.Range(0, size * size).Select(_ => random.NextNormal()).ToArray()).view(size, size);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void It_is_the_largest_absolute_eigenvalue(int size)
    {
        using var scope = NewDisposeScope();
        var matrix = Random(size, size);
        Assert.Equal(linalg.eigvals(matrix).abs().max().item<double>(), SpectralRadius.Of(matrix), 1e-4);
    }

    [Fact]
    public void A_rotation_has_1_and_what_is_0_to_some_power_has_0()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(1, SpectralRadius.Of(tensor(new[] { 0.6, -0.8, 0.8, 0.6 }).view(2, 2)), 1e-5);
        Assert.Equal(0, SpectralRadius.Of(tensor(new[] { 0.0, 1, 0, 0 }).view(2, 2)));
        Assert.Equal(3, SpectralRadius.Of(tensor(new[] { 3.0, 5, 0, 3 }).view(2, 2)), 1e-4);
    }

    [Fact]
    public void Every_gate_has_a_block_of_its_own()
    {
        using var scope = NewDisposeScope();
        using var cell = new LstmCell(new LstmOptions(), new CellSizes(2, 3));
        var weight = cell.NamedParameters().Single(parameter => parameter.Role == ParameterRole.RecurrentWeight).Parameter;
        using (no_grad()) weight.copy_(cat([.. Enumerable.Range(1, 4).Select(gate => eye(3) * gate)]));
        Assert.Equal([1.0, 2, 3, 4], SpectralRadius.OfBlocks(cell).Select(block => Math.Round(block.Value, 4)));
        Assert.Equal("weight_hh, gate 2 of 4", SpectralRadius.OfBlocks(cell)[1].Block);
    }
}
