using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests;

public sealed class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_created_in_it()
    {
        Tensor inside;
        using (var scope = NewDisposeScope())
        {
            inside = zeros(2);
            Assert.True(scope.Contains(inside));
            Assert.Equal(1, scope.DisposablesCount);
        }
        Assert.True(inside.IsInvalid);
    }

    [Fact]
    public void A_tensor_can_be_moved_out_or_detached()
    {
        using var outer = NewDisposeScope();
        Tensor moved, detached, lost;
        using (NewDisposeScope())
        {
            moved = zeros(2).MoveToOuterDisposeScope();
            detached = zeros(2).DetachFromDisposeScope();
            lost = zeros(2);
        }
        Assert.True(outer.Contains(moved));
        Assert.False(outer.Contains(detached));
        Assert.True(lost.IsInvalid);
        outer.Dispose();
        Assert.True(moved.IsInvalid);
        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void Everything_but_some_can_be_disposed()
    {
        using var scope = NewDisposeScope();
        var kept = zeros(1);
        var lost = zeros(1);
        scope.DisposeEverythingBut(kept);
        Assert.False(kept.IsInvalid);
        Assert.True(lost.IsInvalid);
        Assert.Equal([kept], scope.DisposablesView);
    }

    [Fact]
    public void Attaching_takes_ownership()
    {
        var free = zeros(1);
        using (var scope = NewDisposeScope()) scope.Attach(free);
        Assert.True(free.IsInvalid);
    }

    [Fact]
    public void A_closed_scope_refuses_to_be_asked()
    {
        var scope = NewDisposeScope();
        scope.Dispose();
        scope.Dispose();
        Assert.Throws<ObjectDisposedException>(() => scope.DisposablesCount);
        Assert.Throws<ObjectDisposedException>(() => scope.Detach(Array.Empty<IDisposable>()));
    }

    [Fact]
    public void Statistics_count_this_thread()
    {
        var counts = DisposeScopeManager.Statistics.TensorStatistics;
        DisposeScopeManager.Statistics.Reset();
        using (NewDisposeScope())
        {
            zeros(1);
            zeros(1).Dispose();
            zeros(1).DetachFromDisposeScope().Dispose();
        }
        var outside = zeros(1);
        Assert.Equal(3, counts.CreatedInScopeCount);
        Assert.Equal(2, counts.DisposedInScopeCount);
        Assert.Equal(1, counts.DisposedOutsideScopeCount);
        Assert.Equal(1, counts.DetachedFromScopeCount);
        Assert.Equal(1, counts.CreatedOutsideScopeCount);
        Assert.Equal(1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        outside.Dispose();
        Assert.Equal(0, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Scopes_of_threads_do_not_see_each_other()
    {
        using var scope = NewDisposeScope();
        Tensor? other = null;
        var thread = new Thread(() => other = zeros(1));
        thread.Start();
        thread.Join();
        Assert.False(scope.Contains(other!));
        other!.Dispose();
    }
}
