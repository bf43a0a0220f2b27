using static TorchSharp.torch;

namespace RnnTrain.Tests;

public sealed class ReductionTests
{
    [Fact]
    public void Sums_and_means_go_over_everything_or_some_dimensions()
    {
        using var scope = NewDisposeScope();
        var x = arange(1, 7).reshape(2, 3).to(ScalarType.Float32);
        Near.Equal(x.sum(), [], 21);
        Near.Equal(x.sum(0L), [3], 5, 7, 9);
        Near.Equal(x.sum(1, keepdim: true), [2, 1], 6, 15);
        Near.Equal(x.mean(), [], 3.5);
        Near.Equal(x.mean([1]), [2], 2, 5);
        Near.Equal(x.prod(), [], 720);
        Near.Equal(x.std(), [], Math.Sqrt(3.5));
        Near.Equal(x.var(1), [2], 1, 1);
        Near.Equal(x.var(1, unbiased: false), [2], 2.0 / 3, 2.0 / 3);
        Near.Equal(x.norm(), [], Math.Sqrt(91));
        Near.Equal(x.sum(type: ScalarType.Float64), [], 21);
    }

    [Fact]
    public void Extremes_come_with_their_places()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 3f, 1f, 2f, 0f, 5f, 4f }, [2, 3]);
        Near.Equal(x.max(), [], 5);
        Near.Equal(x.min(), [], 0);
        var (values, places) = x.max(1);
        Near.Equal(values, [2], 3, 5);
        Near.Equal(places, [2], 0, 1);
        Near.Equal(x.argmax(1), [2], 0, 1);
        Near.Equal(x.argmin(1), [2], 1, 0);
        Near.Equal(x.amax([0]), [3], 3, 5, 4);
        Near.Equal(x.median(), [], 2);
    }

    [Fact]
    public void Other_reductions_give_their_values()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 0.0, 1.0, 2.0 });
        Near.Equal(x.logsumexp(0), [], Math.Log(1 + Math.E + Math.Exp(2)));
        Near.Equal((x > 1).any(), [], 1);
        Near.Equal((x > 1).all(), [], 0);
        Near.Equal(x.count_nonzero(), [], 2);
        Near.Equal(x.quantile(tensor(0.25)), [], 0.5);
        Near.Equal(tensor(new[] { 0L, 2L, 2L }).bincount(null, minlength: 4), [4], 1, 0, 2, 0);
    }

    [Fact]
    public void Running_sums_and_products_give_every_step()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, 2.0, 3.0 });
        Near.Equal(x.cumsum(0), 1, 3, 6);
        Near.Equal(x.cumprod(0), 1, 2, 6);
        Near.Equal(x.logcumsumexp(0), 1, Math.Log(Math.E + Math.Exp(2)), Math.Log(Math.E + Math.Exp(2) + Math.Exp(3)));
        Near.Equal(tensor(new[] { 1.0, 3.0, 2.0 }).cummax(0).Item1, 1, 3, 3);
        Near.Equal(x.diff(), 1, 1);
    }

    [Fact]
    public void Sorting_and_searching_give_values_and_places()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 2f, 3f, 1f });
        var (sorted, places) = x.sort(descending: true);
        Near.Equal(sorted, 3, 2, 1);
        Near.Equal(places, 1, 0, 2);
        Near.Equal(x.argsort(), 2, 0, 1);
        var (best, where) = x.topk(2);
        Near.Equal(best, 3, 2);
        Near.Equal(where, 1, 0);
        Near.Equal(searchsorted(tensor(new[] { 1f, 2f, 3f }), tensor(new[] { 2.5f })), 2);
        Near.Equal(tensor(new[] { 0.5f, 2.5f }).bucketize(tensor(new[] { 1f, 2f, 3f })), 0, 2);
        Near.Equal(tensor(new[] { 0f, 1f, 0f, 1f }).nonzero(), [2, 1], 1, 3);
        var (distinct, inverse, counts) = tensor(new[] { 5L, 3L, 5L }).unique(return_inverse: true, return_counts: true);
        Near.Equal(distinct, 3, 5);
        Near.Equal(inverse!, 1, 0, 1);
        Near.Equal(counts!, 1, 2);
    }
}
