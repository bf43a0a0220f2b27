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
    public static PaddedTokens Of(IReadOnlyList<int[]> sequences)
    {
        var padded = new PaddedTokens(sequences.Max(sequence => sequence.Length), sequences.Count);
        for (var place = 0; place < sequences.Count; place++)
        {
            var sequence = sequences[place];
            padded.Lengths[place] = sequence.Length;
            for (var time = 0; time < sequence.Length; time++) padded.Tokens[time * sequences.Count + place] = sequence[time];
        }

        return padded;
    }
}
