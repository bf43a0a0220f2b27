using System.Runtime.ExceptionServices;

namespace RnnTrain.Data.Batching;

/// <summary>
/// Makes items first, first + 1, … ahead of their use, on a thread of its own, and hands them out in that order. Where that thread finds
/// no free core, as beside computing threads that wait by spinning, whoever asks makes the item. An exception of the making comes out
/// where its item would have come. An item is its user's until the next one is asked for; then it may be made into another, so that a
/// long pass over the data needs no more than a few. Disposing it ends the thread.
/// </summary>
public sealed class Prefetch<T> : IDisposable
{
    private readonly object gate = new();
    private readonly Queue<T> ready;
    private readonly Queue<T> used;
    private readonly int ahead;
    private readonly int end;
    private readonly Func<int, T?, T> make;
    private readonly Thread maker;
    private (bool Exists, T? Item) handedOut;
    private ExceptionDispatchInfo? failure;
    private int next;
    private bool isMaking;
    private bool isDisposed;

    /// <param name="first">The index of the first item.</param>
    /// <param name="end">The index behind the last item.</param>
    /// <param name="make">
    /// Makes an item from its index, called in order, never twice at once, but from two threads; the second argument is an item that nobody
    /// uses any more, or default.
    /// </param>
    /// <param name="ahead">How many items may wait, from 1.</param>
    public Prefetch(int first, int end, Func<int, T?, T> make, int ahead = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        (next, this.end, this.make, this.ahead) = (first, end, make, ahead);
        ready = new Queue<T>(ahead);
        used = new Queue<T>(ahead + 2);
        maker = new Thread(MakeAhead) { IsBackground = true, Name = "prefetch" };
        maker.Start();
    }

    /// <summary>The next item; it is waited for, or made here. The one before goes back.</summary>
    /// <exception cref="InvalidOperationException">There is none behind the last one.</exception>
    public T Next()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (handedOut.Exists) used.Enqueue(handedOut.Item!);
            handedOut = default;
            while (ready.Count == 0 && isMaking) Monitor.Wait(gate);
            if (ready.Count == 0) MakeNext();
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

    private bool HasMore => next < end && failure is null && !isDisposed;

    private void MakeAhead()
    {
        lock (gate)
        {
            while (HasMore)
            {
                if (ready.Count < ahead && !isMaking) MakeNext();
                else Monitor.Wait(gate);
            }
        }
    }

    /// <summary>Makes an item and puts it with those that are ready, if there is one to be made. Lets go of the lock meanwhile.</summary>
    private void MakeNext()
    {
        if (!HasMore) return;
        used.TryDequeue(out var old);
        isMaking = true;
        Monitor.Exit(gate);
        try
        {
            var item = make(next, old);
            Monitor.Enter(gate);
            ready.Enqueue(item);
            next++;
        }
        catch (Exception exception)
        {
            if (!Monitor.IsEntered(gate)) Monitor.Enter(gate);
            failure = ExceptionDispatchInfo.Capture(exception);
        }

        isMaking = false;
        Monitor.PulseAll(gate);
    }
}
