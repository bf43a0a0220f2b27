using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace RnnTrain.Data.Batching;

/// <summary>
/// Makes items first, first + 1, … ahead of their use, on a thread of its own, and hands them out in that order. An exception of the
/// making comes out where its item would have come. Disposing it ends the thread.
/// </summary>
public sealed class Prefetch<T> : IDisposable
{
    private readonly BlockingCollection<T> ready;
    private readonly CancellationTokenSource stop = new();
    private readonly Thread maker;
    private ExceptionDispatchInfo? failure;
    private bool isDisposed;

    /// <param name="first">The index of the first item.</param>
    /// <param name="end">The index behind the last item.</param>
    /// <param name="make">Makes an item from its index; called from one thread, in order.</param>
    /// <param name="ahead">How many items may wait, from 1.</param>
    public Prefetch(int first, int end, Func<int, T> make, int ahead = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        ready = new BlockingCollection<T>(ahead);
        maker = new Thread(() => Make(first, end, make)) { IsBackground = true, Name = "prefetch" };
        maker.Start();
    }

    /// <summary>The next item, waiting until it is made.</summary>
    /// <exception cref="InvalidOperationException">There is none behind the last one.</exception>
    public T Next()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (ready.TryTake(out var item, Timeout.Infinite)) return item;
        failure?.Throw();
        throw new InvalidOperationException("every item has been handed out");
    }

    /// <summary>Ends the thread; an item that is being made is finished first.</summary>
    public void Dispose()
    {
        if (isDisposed) return;
        isDisposed = true;
        stop.Cancel();
        maker.Join();
        ready.Dispose();
        stop.Dispose();
    }

    private void Make(int first, int end, Func<int, T> make)
    {
        try
        {
            for (var index = first; index < end && !stop.IsCancellationRequested; index++) ready.Add(make(index), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Disposed while it waited for room: nobody wants the rest.
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }
        finally
        {
            ready.CompleteAdding();
        }
    }
}
