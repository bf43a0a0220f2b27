using RnnTrain.Configuration;

namespace RnnTrain.Data.Batching;

/// <summary>
/// One long text cut into lanes of consecutive tokens that are read side by side, window after window. A batch is a pure function of
/// epoch and index, so a resumed run goes on with the batch that an interrupted one would have read.
/// </summary>
/// <remarks>
/// The text x₀ … xₙ₋₁ has n − 1 targets. With B lanes, a lane is L targets long and lane b predicts x at b·L + 1 … (b + 1)·L.
/// For training L = ⌊(n − 1) / B⌋, all lanes are full, and at most B − 1 targets at the end are left out. To score every token
/// L = ⌈(n − 1) / B⌉ and the places behind the end of the text hold <see cref="TokenBatch.Ignored"/>. The last window is shorter
/// where the window length does not divide L; training windows may be of random length (<see cref="WindowLengths"/>). A lane but the first begins in the middle of the text without having read what stands
/// before it, so the loss of an evaluation falls a little with fewer lanes; one lane reads everything in order.
/// </remarks>
public sealed class TokenStream : IBatches
{
    private readonly TokenIds ids;
    private int[] buffer = []; // of a lane's window, where it is in no one piece in memory
    private readonly int firstId;
    private readonly WindowLengths windows;

    /// <param name="sequence">The text.</param>
    /// <param name="batchSize">Lanes.</param>
    /// <param name="steps">Time steps of a window.</param>
    /// <param name="scoreEveryToken">See <see cref="BatchingArguments"/>.</param>
    /// <param name="randomSteps">Random lengths of the windows; null for one length, and wherever every token is scored.</param>
    /// <param name="seed">The seed of the experiment.</param>
    /// <exception cref="UserMistakeException">The text is too short for a batch of that size.</exception>
    public TokenStream(TokenSequence sequence, int batchSize, int steps, bool scoreEveryToken, RandomStepsOptions? randomSteps = null, long seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ids = sequence.Ids;
        firstId = ids.Length > 0 ? ids[0] : 0;
        Steps = steps;
        var targets = ids.Length - 1;
        if (targets < 1 || (!scoreEveryToken && targets < batchSize))
        {
            throw new UserMistakeException(targets < 1
                ? $"{sequence.Split.Key()}: a text of {ids.Length} tokens holds nothing to predict"
                : $"data.batching.batch_size: {batchSize} lanes are more than the {ids.Length} tokens of {sequence.Split.Key()} allow; at most {targets}");
        }

        BatchSize = (int)Math.Min(batchSize, targets);
        LaneLength = scoreEveryToken ? (targets - 1) / BatchSize + 1 : targets / BatchSize;
        Targets = scoreEveryToken ? targets : LaneLength * BatchSize;
        windows = new WindowLengths(LaneLength, steps, scoreEveryToken ? null : randomSteps, seed);
    }

    /// <summary>Time steps of one pass: targets of a lane.</summary>
    public long LaneLength { get; }

    /// <summary>Lanes: as many as asked for, but never more than there are targets.</summary>
    public int BatchSize { get; }

    /// <summary>Time steps of every window but perhaps the last; with random lengths what these are drawn around.</summary>
    public int Steps { get; }

    /// <summary>Batches of the first pass, and of every pass where windows are of one length.</summary>
    public int Windows => WindowsIn(1);

    /// <summary>Tokens that one pass predicts.</summary>
    public long Targets { get; }

    /// <summary>Batches of one pass.</summary>
    /// <param name="epoch">The pass, counted from 1.</param>
    public int WindowsIn(int epoch) => windows.CountIn(epoch);

    public int CountIn(int epoch) => WindowsIn(epoch);

    public Batch Make(int epoch, int index, Batch? old = null) => Batch(index, (TokenBatch?)old, epoch);

    /// <summary>Batch <paramref name="index"/> of a pass. Not for two threads at once.</summary>
    /// <param name="index">From 0 to <see cref="WindowsIn"/> − 1.</param>
    /// <param name="old">A batch that nobody uses any more: where it has the right size, it becomes this one.</param>
    /// <param name="epoch">The pass, counted from 1.</param>
    public TokenBatch Batch(int index, TokenBatch? old = null, int epoch = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, WindowsIn(epoch));
        var (start, steps) = windows.At(epoch, index);
        var batch = old?.Steps == steps && old.BatchSize == BatchSize ? old : new TokenBatch(index, steps, BatchSize);
        batch.Index = index;
        batch.Start = start;
        batch.LearningRateFactor = windows.AreRandom ? (double)steps / Steps : 1;
        batch.TargetCount = 0;
        for (var lane = 0; lane < BatchSize; lane++) Fill(batch, lane, lane * LaneLength + start);
        return batch;
    }

    private void Fill(TokenBatch batch, int lane, long from)
    {
        // Behind the end of the text a lane reads the first token again and again; nothing of it is scored.
        var scored = (int)Math.Clamp(ids.Length - 1 - from, 0, batch.Steps);
        var window = scored == 0 ? [] : ids.Read(from, scored + 1, ref buffer);
        for (var time = 0; time < scored; time++)
        {
            var place = time * BatchSize + lane;
            batch.Inputs[place] = window[time];
            batch.Targets[place] = window[time + 1];
        }

        for (var time = scored; time < batch.Steps; time++)
        {
            var place = time * BatchSize + lane;
            batch.Inputs[place] = firstId;
            batch.Targets[place] = TokenBatch.Ignored;
        }

        batch.TargetCount += scored;
    }
}
