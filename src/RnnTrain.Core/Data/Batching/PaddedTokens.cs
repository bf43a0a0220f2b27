namespace RnnTrain.Data.Batching;

/// <summary>Sequences of tokens side by side, padded on the right with 0 to the longest, in time-major order: [time, sequences].</summary>
/// <param name="steps">Time steps: the length of the longest.</param>
/// <param name="count">Sequences.</param>
public sealed class PaddedTokens(int steps, int count)
{
    public int Steps => steps;

    public int Count => count;

    /// <summary>How long each sequence is, [sequences].</summary>
    public long[] Lengths { get; } = new long[count];

    /// <summary>[time, sequences].</summary>
    public long[] Tokens { get; } = new long[steps * count];

    /// <summary>The padded sequences.</summary>
    /// <param name="sequences">At least one.</param>
    /// <param name="old">Sequences that nobody uses any more: where they have the right size, they become these.</param>
    public static PaddedTokens Of(IReadOnlyList<int[]> sequences, PaddedTokens? old = null)
    {
        var steps = sequences.Max(sequence => sequence.Length);
        var fits = old is not null && old.Steps == steps && old.Count == sequences.Count;
        var padded = fits ? old! : new PaddedTokens(steps, sequences.Count);
        if (fits) Array.Clear(padded.Tokens);
        for (var place = 0; place < sequences.Count; place++)
        {
            var sequence = sequences[place];
            padded.Lengths[place] = sequence.Length;
            for (var time = 0; time < sequence.Length; time++) padded.Tokens[time * sequences.Count + place] = sequence[time];
        }

        return padded;
    }

    /// <summary>Some of the sequences, with as many time steps.</summary>
    /// <param name="first">The first, from 0.</param>
    /// <param name="size">How many.</param>
    public PaddedTokens Part(int first, int size) => Pick([.. Enumerable.Range(first, size)]);

    /// <summary>These sequences in this order, with as many time steps.</summary>
    internal PaddedTokens Pick(ReadOnlySpan<int> places)
    {
        var picked = new PaddedTokens(steps, places.Length);
        for (var place = 0; place < places.Length; place++)
        {
            picked.Lengths[place] = Lengths[places[place]];
            for (var time = 0; time < steps; time++) picked.Tokens[time * places.Length + place] = Tokens[time * count + places[place]];
        }

        return picked;
    }
}
