using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace RnnTrain.Data.Batching;

/// <summary>
/// Makes items first, first + 1, … ahead of their use, on a thread of its own, and hands them out in that order. An exception of the
/// making comes out where its item would have come. Disposing it ends the thread.
/// </summary>
/// <remarks>An item is valid until the next call of <see cref="TryNext"/>, which may give it back to be written anew.</remarks>
public sealed class Prefetch<T> : IDisposable
    where T : class
{
    private readonly BlockingCollection<T> ready;
    private readonly ConcurrentQueue<T> spent = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Thread maker;
    private ExceptionDispatchInfo? failure;
    private T? current;
    private bool isDisposed;

    /// <param name="first">The index of the first item.</param>
    /// <param name="end">The index behind the last item.</param>
    /// <param name="make">Makes an item from its index, and from an item that is no longer needed, if there is one.</param>
    /// <param name="ahead">How many items may wait, from 1.</param>
    public Prefetch(long first, long end, Func<long, T?, T> make, int ahead = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        ready = new BlockingCollection<T>(ahead);
        maker = new Thread(() => Make(first, end, make)) { IsBackground = true, Name = "prefetch" };
        maker.Start();
    }

    /// <summary>The next item, waiting until it is made; false behind the last one.</summary>
    public bool TryNext([NotNullWhen(true)] out T? item)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (current is not null) spent.Enqueue(current);
        current = null;
        if (ready.TryTake(out item, Timeout.Infinite))
        {
            current = item;
            return true;
        }

        failure?.Throw();
        return false;
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

    private void Make(long first, long end, Func<long, T?, T> make)
    {
        try
        {
            for (var index = first; index < end && !stop.IsCancellationRequested; index++)
            {
                spent.TryDequeue(out var reuse);
                ready.Add(make(index, reuse), stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Disposed while waiting for room: nobody wants the rest.
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
