using RnnTrain.Cells;
using RnnTrain.Configuration;

namespace RnnTrain.Tests.Commands;

/// <summary>`rnn inspect` of a model of each cell, before any training.</summary>
public sealed class CellCommandsTests
{
    public static TheoryData<string> Cells => [.. CellTable.Cells.Made.Select(cell => cell.Name)];

    [Theory]
    [MemberData(nameof(Cells))]
    public void Inspect_says_which_path_a_cell_takes_and_how_large_it_is(string cell)
    {
        using var rnn = new Rnn();
        var config = rnn.Write("cell.yaml", Rnn.Config.Replace("{type: lstm}", $"{{type: {cell}}}", StringComparison.Ordinal));
        var text = rnn.Done("inspect", config);
        var options = (CellOptions)Activator.CreateInstance(CellTable.Cells.Made.Single(entry => entry.Name == cell).OptionsType)!;
        var reason = CellTable.FusedTwinOf(options).Kernel is null ? cell : "fused";
        Assert.Contains(reason, text, StringComparison.Ordinal);
        Assert.Contains("layer 0", text, StringComparison.Ordinal);
        Assert.Contains("recurrent.weight_ih_l0", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{type: lstm, peepholes: true}", "unrolled: peepholes: libtorch has no kernel")]
    [InlineData("{type: lstm, projection: 4}", "unrolled: projection: TorchSharp's nn.LSTM has no proj_size")]
    [InlineData("{type: lstm, projection: 4, coupled_gates: true}", "coupled_gates: libtorch has no kernel, projection: TorchSharp's")]
    [InlineData("{type: gru, reset_after: false}", "unrolled: reset_after: false: libtorch's GRU resets after the product")]
    [InlineData("{type: lstm}", "fused: nn.LSTM is the same function")]
    public void Inspect_says_why_an_option_leaves_the_fused_path(string cell, string reason)
    {
        using var rnn = new Rnn();
        var config = rnn.Write("cell.yaml", Rnn.Config.Replace("{type: lstm}", cell, StringComparison.Ordinal));
        Assert.Contains(reason, rnn.Done("inspect", config).ReplaceLineEndings(" "), StringComparison.Ordinal);
    }
}
