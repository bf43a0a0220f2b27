using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;

namespace RnnTrain.Tests.Layers;

public sealed class CudnnAdviceTests
{
    [Fact]
    public void Sizes_that_the_kernels_want_need_no_advice() => Assert.Empty(Advice(new LstmOptions(), 1024, 128, 64, isHalf: true));

    [Fact]
    public void Each_size_that_they_do_not_want_is_named_with_the_next_ones_that_they_do()
    {
        var lines = Advice(new LstmOptions(), hidden: 650, embedding: 650, batch: 20, isHalf: false);
        Assert.Equal(4, lines.Count);
        Assert.Contains("fp16", lines[0], StringComparison.Ordinal);
        Assert.Contains("model.hidden_size", lines[1], StringComparison.Ordinal);
        Assert.Contains("640 or 768, not 650", lines[1], StringComparison.Ordinal);
        Assert.Contains("model.embedding_size", lines[2], StringComparison.Ordinal);
        Assert.Contains("16 or 24, not 20", lines[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, "for instance 128, not 100")]
    [InlineData(1000, "896 or 1024, not 1000")]
    [InlineData(1500, "more than the 1024")]
    public void Advice_stays_within_what_the_kernels_take(long hidden, string expected) =>
        Assert.Contains(expected, Assert.Single(Advice(new LstmOptions(), hidden, 128, 128, isHalf: true)), StringComparison.Ordinal);

    [Fact]
    public void Other_cells_get_none_for_there_are_no_such_kernels_for_them() =>
        Assert.Empty(Advice(new GruOptions(), hidden: 650, embedding: 650, batch: 20, isHalf: false));

    private static IReadOnlyList<string> Advice(CellOptions cell, long hidden, long embedding, long batch, bool isHalf)
    {
        var stack = new StackOptions { Cell = cell, InputSize = embedding, HiddenSize = hidden, Layers = 2 };
        return CudnnAdvice.Of(RecurrentStack.Describe(stack), embedding, batch, isHalf);
    }
}
