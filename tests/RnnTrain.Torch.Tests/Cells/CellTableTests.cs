using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;

namespace RnnTrain.Tests.Cells;

public sealed class CellTableTests
{
    [Fact]
    public void The_theories_over_every_cell_find_all_of_them()
    {
        Assert.Equal(["elman", "lstm", "gru", "markov"], CellTable.Cells.Entries.Select(entry => entry.Name));
        Assert.Equal(["elman tanh", "elman relu", "lstm", "gru"], EveryCell.Variants.Keys);
    }

    [Fact]
    public void The_plain_cells_take_the_fused_path()
    {
        foreach (var name in new[] { "elman tanh", "elman relu", "lstm", "gru" })
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
