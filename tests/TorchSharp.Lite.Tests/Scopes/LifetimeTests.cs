using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests;

public sealed class LifetimeTests
{
    [Fact]
    public void A_forgotten_tensor_is_freed_by_its_finalizer()
    {
        var before = Tensor.TotalCount;
        Forget();
        for (var i = 0; i < 20 && Tensor.TotalCount > before + 50; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        // Other tests create tensors at the same time.
        Assert.InRange(Tensor.TotalCount, 0, before + 50);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget()
        {
            for (var i = 0; i < 500; i++) zeros(1);
        }
    }

    [Fact]
    public void Memory_does_not_grow_over_many_steps()
    {
        using var weight = rand(64, 64, requires_grad: true);
        for (var i = 0; i < 20; i++) Step();
        DisposeScopeManager.Statistics.Reset();
        var before = Environment.WorkingSet;
        for (var i = 0; i < 300; i++) Step();
        Assert.Equal(0, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 64 << 20);

        // 300 steps that kept their 1 MiB would show.
        void Step()
        {
            using var scope = NewDisposeScope();
            var loss = rand(4096, 64).mm(weight).tanh().square().mean();
            loss.backward();
            weight.grad = null;
        }
    }

    [Fact]
    public void Views_keep_the_memory_they_look_at()
    {
        var whole = arange(4);
        var part = whole[2];
        whole.Dispose();
        Assert.Equal(2, part.item<long>());
        part.Dispose();
    }
}
