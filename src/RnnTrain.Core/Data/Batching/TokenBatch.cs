namespace RnnTrain.Data.Batching;

/// <summary>
/// Tokens to read and tokens to predict, as arrays in time-major order: element <c>t · BatchSize + b</c> is time t of lane b.
/// </summary>
public sealed class TokenBatch : Batch
{
    /// <summary>A target that is not to be scored; PyTorch's cross_entropy ignores this index too.</summary>
    public const long Ignored = -100;

    internal TokenBatch(int index, int steps, int batchSize)
    {
        Index = index;
        Steps = steps;
        BatchSize = batchSize;
        Inputs = new long[steps * batchSize];
        Targets = new long[steps * batchSize];
    }

    /// <summary>Which batch of its pass this is, from 0. Before batch 0 the network's state is zero; before others it is carried over.</summary>
    public int Index { get; internal set; }

    /// <summary>The time step of its lanes at which it begins.</summary>
    public long Start { get; internal set; }

    /// <summary>The lane of the stream that is lane 0 here: 0 but in a part of a batch.</summary>
    public int FirstLane { get; private init; }

    /// <summary>Time steps.</summary>
    public int Steps { get; }

    /// <summary>Lanes.</summary>
    public override int BatchSize { get; }

    public override long StepsRead => TargetCount;

    /// <summary>Ids to read, [time, batch].</summary>
    public long[] Inputs { get; }

    /// <summary>Ids to predict, the inputs moved on by one, or <see cref="Ignored"/>; [time, batch].</summary>
    public long[] Targets { get; }

    public override TokenBatch Part(int first, int count)
    {
        var part = new TokenBatch(Index, Steps, count) { Start = Start, FirstLane = FirstLane + first };
        for (var time = 0; time < Steps; time++)
        {
            Inputs.AsSpan(time * BatchSize + first, count).CopyTo(part.Inputs.AsSpan(time * count));
            Targets.AsSpan(time * BatchSize + first, count).CopyTo(part.Targets.AsSpan(time * count));
        }

        part.TargetCount = part.Targets.Length - part.Targets.AsSpan().Count(Ignored);
        return part;
    }
}
