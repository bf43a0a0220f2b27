using System.Collections.Concurrent;
using RnnTrain.Configuration;
using RnnTrain.Data.Batching;

namespace RnnTrain.Tests.Data.Batching;

public sealed class PrefetchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(0, 100)]
    [InlineData(37, 100)]
    public void Items_come_in_the_order_of_their_indices(int first, int end)
    {
        using var prefetch = new Prefetch<string>(first, end, (index, _) => $"item {index}");
        Assert.Equal(Enumerable.Range(first, end - first).Select(index => $"item {index}"), Enumerable.Range(first, end - first).Select(_ => prefetch.Next()));
        Assert.Throws<InvalidOperationException>(() => prefetch.Next());
    }

    [Fact]
    public void The_next_item_is_made_on_another_thread_while_one_is_in_use()
    {
        using var made = new BlockingCollection<(int Index, int Thread)>();
        using var prefetch = new Prefetch<int>(0, 100, (index, _) =>
        {
            made.Add((index, Environment.CurrentManagedThreadId));
            return index;
        });
        Assert.Equal(0, prefetch.Next());
        for (var index = 0; index < 3; index++)
        {
            Assert.True(made.TryTake(out var item, Patience));
            Assert.Equal(index, item.Index);
            if (index > 0) Assert.NotEqual(Environment.CurrentManagedThreadId, item.Thread); // the first is made by whoever comes first
        }
    }

    [Fact]
    public void No_more_items_wait_than_allowed()
    {
        var started = 0;
        using var prefetch = new Prefetch<int>(0, 1000, (index, _) => Interlocked.Increment(ref started), ahead: 3);
        prefetch.Next();
        Thread.Sleep(50);
        Assert.InRange(Volatile.Read(ref started), 1, 5); // one handed out, three wait, one is ready to be put with them
    }

    [Fact]
    public void An_exception_comes_out_where_its_item_would_have_come()
    {
        using var prefetch = new Prefetch<int>(0, 10, (index, _) => index < 2 ? index : throw new UserMistakeException($"item {index} is bad"));
        Assert.Equal([0, 1], [prefetch.Next(), prefetch.Next()]);
        Assert.Equal("item 2 is bad", Assert.Throws<UserMistakeException>(() => prefetch.Next()).Message);
        Assert.Throws<UserMistakeException>(() => prefetch.Next());
    }

    [Fact]
    public void Disposing_ends_the_thread_in_the_middle_of_its_work()
    {
        Thread? maker = null;
        var prefetch = new Prefetch<int>(0, int.MaxValue, (index, _) =>
        {
            if (Thread.CurrentThread.Name == "prefetch") maker = Thread.CurrentThread;
            return index;
        });
        prefetch.Next();
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref maker) is not null, Patience));
        prefetch.Dispose();
        prefetch.Dispose();
        Assert.False(maker!.IsAlive);
        Assert.Throws<ObjectDisposedException>(() => prefetch.Next());
    }

    [Fact]
    public void An_empty_range_holds_nothing()
    {
        using var prefetch = new Prefetch<int>(5, 5, (index, _) => index);
        Assert.Throws<InvalidOperationException>(() => prefetch.Next());
    }

    [Fact]
    public void An_item_is_made_into_another_only_when_its_user_asked_for_the_next()
    {
        using var prefetch = new Prefetch<int[]>(0, 1000, (index, old) =>
        {
            var item = old ?? new int[1];
            item[0] = index;
            return item;
        });
        var seen = new HashSet<int[]>(ReferenceEqualityComparer.Instance);
        for (var index = 0; index < 1000; index++)
        {
            var item = prefetch.Next();
            seen.Add(item);
            if (index % 100 == 0) Thread.Sleep(1); // time for a maker that would spoil it
            Assert.Equal(index, item[0]);
        }

        Assert.InRange(seen.Count, 2, 11); // one in use, eight waiting, one being made, one given back
    }

    [Fact]
    public void Items_come_in_order_and_one_at_a_time_whoever_makes_them()
    {
        var makers = new HashSet<int>();
        var making = 0;
        using var prefetch = new Prefetch<int>(0, 20_000, (index, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref making));
            makers.Add(Environment.CurrentManagedThreadId);
            Interlocked.Decrement(ref making);
            return index;
        }, ahead: 1);
        for (var index = 0; index < 20_000; index++) Assert.Equal(index, prefetch.Next());
        Assert.InRange(makers.Count, 1, 2);
    }
}
