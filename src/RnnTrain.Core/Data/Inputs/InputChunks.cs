using System.Threading.Channels;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Inputs;

/// <summary>
/// Texts in chunks, read ahead on another thread. A chunk is full where texts come faster than they are answered; where they come slowly, as from a
/// person or another program, it holds what has come, so that nobody waits for an answer until somebody else has asked.
/// </summary>
public static class InputChunks
{
    /// <summary>Texts of a full chunk.</summary>
    public const int Size = 2048;

    /// <param name="texts">Read one after the other.</param>
    /// <param name="patience">How long a chunk waits for one more text; null for as long as it takes, which makes chunks a function of the texts alone.</param>
    /// <param name="cancel">Ends the chunks.</param>
    /// <param name="size">Texts of a full chunk.</param>
    /// <exception cref="UserMistakeException">A text cannot be read; all texts before it are in the chunks before.</exception>
    public static IEnumerable<IReadOnlyList<TextExample>> Of(
        IEnumerable<TextExample> texts, TimeSpan? patience, CancellationToken cancel = default, int size = Size)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var read = Channel.CreateBounded<TextExample>(size);
        var token = stop.Token;
        new Thread(() => Read(texts, read.Writer, token)) { IsBackground = true, Name = "input" }.Start();
        try
        {
            while (Next(read.Reader, patience, size, cancel) is { Count: > 0 } chunk) yield return chunk;
        }
        finally
        {
            stop.Cancel(); // a thread that waits for a pipe ends with the process
        }
    }

    private static void Read(IEnumerable<TextExample> texts, ChannelWriter<TextExample> into, CancellationToken stop)
    {
        try
        {
            foreach (var text in texts)
            {
                if (stop.IsCancellationRequested) return;
                if (!into.TryWrite(text)) into.WriteAsync(text, stop).AsTask().GetAwaiter().GetResult();
            }

            into.Complete();
        }
        catch (Exception failure)
        {
            into.TryComplete(failure); // told where the texts before it have been taken
        }
    }

    private static List<TextExample> Next(ChannelReader<TextExample> from, TimeSpan? patience, int size, CancellationToken cancel)
    {
        List<TextExample> chunk = [];
        while (chunk.Count < size && !cancel.IsCancellationRequested)
        {
            if (from.TryRead(out var text))
            {
                chunk.Add(text);
                continue;
            }

            var more = from.WaitToReadAsync(cancel).AsTask();
            var came = Task.WaitAny([more], chunk.Count > 0 && patience is { } limit ? limit : Timeout.InfiniteTimeSpan) >= 0;
            if (!came || (chunk.Count > 0 && more.IsFaulted)) return chunk;
            if (more.IsCanceled || !more.GetAwaiter().GetResult()) break;
        }

        return cancel.IsCancellationRequested ? [] : chunk;
    }
}
