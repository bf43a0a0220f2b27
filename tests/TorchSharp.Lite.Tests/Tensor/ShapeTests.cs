using static TorchSharp.torch;

namespace RnnTrain.Tests;

public sealed class ShapeTests
{
    [Fact]
    public void Views_rearrange_without_copying()
    {
        using var scope = NewDisposeScope();
        var x = arange(6).reshape(2, 3);
        Assert.Equal([3L, 2L], x.view(3, 2).shape);
        Near.Equal(x.t(), [3, 2], 0, 3, 1, 4, 2, 5);
        Near.Equal(x.transpose(0, 1).contiguous().view(-1), 0, 3, 1, 4, 2, 5);
        Assert.False(x.t().is_contiguous());
        Assert.Equal([1L, 3L], x.t().stride());
        Assert.Equal([2L, 1L, 3L], x.unsqueeze(1).shape);
        Assert.Equal([2L, 3L], x.unsqueeze(1).squeeze(1).shape);
        Assert.Equal([3L, 2L], x.permute(1, 0).shape);
        Assert.Equal([4L, 2L, 3L], x.expand(4, 2, 3).shape);
        Assert.Equal([6L], x.flatten().shape);
        Assert.Equal([3L, 5L, 2L], zeros(2, 3, 5).movedim([0], [2]).shape);
        x.t()[0, 1] = tensor(9L);
        Near.Equal(x, [2, 3], 0, 1, 2, 9, 4, 5);
    }

    [Fact]
    public void Copies_repeat_turn_and_fold()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 2f, 3f });
        Near.Equal(x.repeat(2), 1, 2, 3, 1, 2, 3);
        Near.Equal(x.repeat_interleave(2), 1, 1, 2, 2, 3, 3);
        Near.Equal(x.flip(0), 3, 2, 1);
        Near.Equal(x.roll(1), 3, 1, 2);
        Near.Equal(x.unfold(0, 2, 1), [2, 2], 1, 2, 2, 3);
        Near.Equal(ones(2, 2).tril(), [2, 2], 1, 0, 1, 1);
        Near.Equal(ones(2, 2).triu(1), [2, 2], 0, 1, 0, 0);
        Near.Equal(x.diag().diagonal(), 1, 2, 3);
        Near.Equal(x.as_strided([2, 2], [1, 1]), [2, 2], 1, 2, 2, 3);
    }

    [Fact]
    public void Tensors_are_joined_and_taken_apart()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1f, 2f });
        var b = tensor(new[] { 3f, 4f });
        Near.Equal(cat([a, b]), [4], 1, 2, 3, 4);
        Near.Equal(stack([a, b], 1), [2, 2], 1, 3, 2, 4);
        Near.Equal(hstack(a, b), [4], 1, 2, 3, 4);
        Near.Equal(vstack([a, b]), [2, 2], 1, 2, 3, 4);
        var parts = arange(5).split(2);
        Assert.Equal([2L, 2L, 1L], parts.Select(part => part.numel()));
        Assert.Equal([1L, 4L], arange(5).split([1L, 4L]).Select(part => part.numel()));
        Assert.Equal(3, arange(6).chunk(3).Length);
        Near.Equal(stack([a, b]).unbind(1)[1], 2, 4);
        Assert.Equal(200, zeros(200).unbind().Length);
    }

    [Fact]
    public void Numbers_slices_ellipses_and_new_axes_index_as_in_python()
    {
        using var scope = NewDisposeScope();
        var x = arange(24).reshape(2, 3, 4);
        Assert.Equal(23, x[1, 2, 3].item<long>());
        Near.Equal(x[1, 2], 20, 21, 22, 23);
        Near.Equal(x[TensorIndex.Ellipsis, -1], [2, 3], 3, 7, 11, 15, 19, 23);
        Near.Equal(x[0, TensorIndex.Slice(1, 3), 0], 4, 8);
        Near.Equal(x[0, 1.., 0], 4, 8);
        Near.Equal(x[0, 0, TensorIndex.Slice(step: 2)], 0, 2);
        Near.Equal(x[0, 0, ^1], [], 3);
        Assert.Equal([2L, 1L, 3L, 4L], x[TensorIndex.Colon, TensorIndex.None].shape);
    }

    [Fact]
    public void Tensors_and_masks_index_as_in_python()
    {
        using var scope = NewDisposeScope();
        var x = arange(6).reshape(2, 3);
        Near.Equal(x[tensor(new[] { 1L, 0L })], [2, 3], 3, 4, 5, 0, 1, 2);
        Near.Equal(x[TensorIndex.Colon, TensorIndex.Tensor(tensor(new[] { 2L, 2L }))], [2, 2], 2, 2, 5, 5);
        Near.Equal(x[TensorIndex.Tensor(x > 3)], [2], 4, 5);
        Near.Equal(x[TensorIndex.Tensor(tensor(new[] { 0L, 1L })), TensorIndex.Tensor(tensor(new[] { 2L, 0L }))], [2], 2, 3);
    }

    [Fact]
    public void Assignment_through_an_index_changes_the_tensor()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 3);
        x[0] = tensor(new[] { 1f, 2f, 3f });
        x[1, 2] = tensor(9f);
        x[TensorIndex.Colon, TensorIndex.Slice(0, 1)] = tensor(5f);
        Near.Equal(x, [2, 3], 5, 2, 3, 5, 0, 9);
        x[TensorIndex.Tensor(x > 4)] = tensor(-1f);
        Near.Equal(x, [2, 3], -1, 2, 3, -1, 0, -1);
        x.index_put_(ones(2), [TensorIndex.Tensor(tensor(new[] { 0L, 0L })), TensorIndex.Tensor(tensor(new[] { 1L, 1L }))], accumulate: true);
        Near.Equal(x, [2, 3], -1, 4, 3, -1, 0, -1);
    }

    [Fact]
    public void Gathering_and_scattering_follow_their_indices()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 2f, 3f, 4f }, [2, 2]);
        var index = tensor(new[] { 1L, 0L }, [2, 1]);
        Near.Equal(x.gather(1, index), [2, 1], 2, 3);
        Near.Equal(zeros(2, 2).scatter(1, index, ones(2, 1)), [2, 2], 0, 1, 1, 0);
        Near.Equal(zeros(2).scatter_add_(0, tensor(new[] { 1L, 1L }), ones(2)), 0, 2);
        Near.Equal(x.index_select(1, tensor(new[] { 1L })), [2, 1], 2, 4);
        Near.Equal(zeros(3).index_add_(0, tensor(new[] { 0L, 2L }), ones(2), 2), 2, 0, 2);
        Near.Equal(x.masked_fill(x > 2, -1), [2, 2], 1, 2, -1, -1);
        Near.Equal(x.masked_select(x > 2), 3, 4);
        Near.Equal(x.take_along_dim(index, 1), [2, 1], 2, 3);
    }
}
