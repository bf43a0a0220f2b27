using System.Runtime.ExceptionServices;

namespace RnnTrain.Data.Batching;

/// <summary>
/// Makes items first, first + 1, … ahead of their use, on a thread of its own, and hands them out in that order. An exception of the
/// making comes out where its item would have come. An item is its user's until the next one is asked for; then it may be made into
/// another, so that a long pass over the data needs no more than a few. Disposing it ends the thread.
/// </summary>
public sealed class Prefetch<T> : IDisposable
{
    private readonly object gate = new();
    private readonly Queue<T> ready;
    private readonly Queue<T> used;
    private readonly int ahead;
    private readonly Thread maker;
    private (bool Exists, T? Item) handedOut;
    private ExceptionDispatchInfo? failure;
    private bool isOver;
    private bool isDisposed;

    /// <param name="first">The index of the first item.</param>
    /// <param name="end">The index behind the last item.</param>
    /// <param name="make">
    /// Makes an item from its index, called from one thread, in order; the second argument is an item that nobody uses any more, or default.
    /// </param>
    /// <param name="ahead">How many items may wait, from 1.</param>
    public Prefetch(int first, int end, Func<int, T?, T> make, int ahead = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        this.ahead = ahead;
        ready = new Queue<T>(ahead);
        used = new Queue<T>(ahead + 2);
        maker = new Thread(() => Make(first, end, make)) { IsBackground = true, Name = "prefetch" };
        maker.Start();
    }

    /// <summary>The next item, waiting until it is made. The one before goes back.</summary>
    /// <exception cref="InvalidOperationException">There is none behind the last one.</exception>
    public T Next()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (handedOut.Exists) used.Enqueue(handedOut.Item!);
            handedOut = default;
            while (ready.Count == 0 && !isOver) Monitor.Wait(gate);
            if (ready.TryDequeue(out var item))
            {
                handedOut = (true, item);
                if (ready.Count <= ahead / 2) Monitor.Pulse(gate); // not for each: waking a thread costs more than making most items
                return item;
            }
        }

        failure?.Throw();
        throw new InvalidOperationException("every item has been handed out");
    }

    /// <summary>Ends the thread; an item that is being made is finished first.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            Monitor.PulseAll(gate);
        }

        maker.Join();
    }

    private void Make(int first, int end, Func<int, T?, T> make)
    {
        try
        {
            for (var index = first; index < end && TryTakeUsed(out var old); index++) Put(make(index, old));
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }
        finally
        {
            lock (gate)
            {
                isOver = true;
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>An item to make the next one from, default where there is none; false where nobody wants the rest.</summary>
    private bool TryTakeUsed(out T? old)
    {
        lock (gate)
        {
            used.TryDequeue(out old);
            return !isDisposed;
        }
    }

    private void Put(T item)
    {
        lock (gate)
        {
            while (ready.Count >= ahead && !isDisposed) Monitor.Wait(gate);
            ready.Enqueue(item);
            if (ready.Count == 1) Monitor.Pulse(gate);
        }
    }
}
