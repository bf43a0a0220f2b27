using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>
/// How long each example of a right-padded batch is. The index tensors that layers need are made once and shared by all layers;
/// they belong to the dispose scope in which they are first asked for.
/// </summary>
public sealed class Lengths
{
    private readonly long[] values;
    private readonly Device device;
    private Tensor? mask;
    private Tensor? reversedRows;
    private Tensor? lastRows;

    /// <param name="values">One length an example, from 1 to <paramref name="time"/>.</param>
    /// <param name="time">Time steps of the padded batch.</param>
    /// <param name="device">Where the batch is.</param>
    /// <exception cref="ArgumentException">A length is 0 or less, or beyond <paramref name="time"/>.</exception>
    public Lengths(ReadOnlySpan<long> values, long time, Device device)
    {
        this.values = values.ToArray();
        this.device = device;
        Time = time;
        Shortest = time;
        for (var example = 0; example < values.Length; example++)
        {
            var length = values[example];
            if (length < 1 || length > time) throw new ArgumentException($"example {example} has length {length}, but 1 to {time} is needed");
            Shortest = Math.Min(Shortest, length);
        }
    }

    public long Time { get; }

    public long Batch => values.Length;

    /// <summary>The length of the shortest example: before this step, no padding.</summary>
    public long Shortest { get; }

    /// <summary>True where no example is padded.</summary>
    public bool AllFull => Shortest == Time;

    public IReadOnlyList<long> Values => values;

    /// <summary>True within an example's length: [time, batch, 1] of Bool.</summary>
    public Tensor Mask => mask ??= MakeMask();

    /// <summary>Each example's steps in reverse order, its padding left in place: [time, batch, features] → the same shape. Its own inverse.</summary>
    public Tensor Reverse(Tensor sequence)
    {
        if (AllFull) return sequence.flip(0); // [time, batch, features]
        reversedRows ??= Rows((step, length) => step < length ? length - 1 - step : step);
        return TakeRows(sequence, reversedRows).view(Time, Batch, -1); // [time, batch, features]
    }

    /// <summary>Each example's last step: [time, batch, features] → [batch, features].</summary>
    public Tensor Last(Tensor sequence)
    {
        if (AllFull) return sequence.select(0, Time - 1); // [batch, features]
        lastRows ??= LastRows();
        return TakeRows(sequence, lastRows); // [batch, features]
    }

    /// <summary>As many steps as asked for from each example's length on: [at least length + count, batch, features] → [count, batch, features].</summary>
    public Tensor Following(Tensor sequence, long count)
    {
        var rows = new long[count * Batch];
        for (var place = 0; place < rows.Length; place++)
        {
            var (step, example) = Math.DivRem(place, values.Length);
            rows[place] = ((values[example] + step) * Batch) + example;
        }

        using var taken = tensor(rows, [rows.Length], int64, device); // [count · batch]
        return TakeRows(sequence, taken).view(count, Batch, sequence.size(2)); // [count, batch, features]
    }

    private static Tensor TakeRows(Tensor sequence, Tensor rows) => sequence.flatten(0, 1).index_select(0, rows); // [rows, features]

    private Tensor MakeMask()
    {
        using var steps = arange(Time, int64, device).view(Time, 1, 1); // [time, 1, 1]
        using var ends = tensor(values, [1, Batch, 1], int64, device); // [1, batch, 1]
        return steps.lt(ends); // [time, batch, 1]
    }

    /// <summary>Which row of [time · batch, features] each place takes: [time · batch].</summary>
    private Tensor Rows(Func<long, long, long> source)
    {
        var rows = new long[Time * Batch];
        for (long step = 0; step < Time; step++)
        {
            for (var example = 0; example < values.Length; example++)
            {
                rows[(step * Batch) + example] = (source(step, values[example]) * Batch) + example;
            }
        }

        return tensor(rows, [rows.Length], int64, device); // [time · batch]
    }

    private Tensor LastRows()
    {
        var rows = new long[Batch];
        for (var example = 0; example < values.Length; example++) rows[example] = ((values[example] - 1) * Batch) + example;
        return tensor(rows, [Batch], int64, device); // [batch]
    }
}
