using System.Diagnostics.CodeAnalysis;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Batching;

/// <summary>The words of a batch letter by letter, each different one once, so that its letters are read once.</summary>
/// <param name="Letters">The letters of each different word, in the order in which they first occur, time by time and within it example by example: [letters, words].</param>
/// <param name="Places">Which of these words stands at each place of the batch, 0 in its padding: [time, batch].</param>
public sealed record DistinctWords(PaddedTokens Letters, long[] Places)
{
    /// <summary>The words of these examples.</summary>
    /// <param name="examples">[batch], each with the letters of its tokens.</param>
    /// <param name="steps">Time steps of the batch.</param>
    internal static DistinctWords Of(IReadOnlyList<Example> examples, int steps)
    {
        var numbers = new Dictionary<int[], int>(new SameLetters());
        var words = new List<int[]>();
        var places = new long[steps * examples.Count];
        for (var time = 0; time < steps; time++)
        {
            for (var place = 0; place < examples.Count; place++)
            {
                if (time >= examples[place].Length) continue;
                var word = examples[place].Characters[time];
                if (numbers.TryAdd(word, words.Count)) words.Add(word);
                places[time * examples.Count + place] = numbers[word];
            }
        }

        return new DistinctWords(PaddedTokens.Of(words), places);
    }

    /// <summary>The words of some examples of the batch, with as many time steps.</summary>
    /// <param name="lengths">How long each example of the batch is, [batch].</param>
    /// <param name="first">The first example, from 0.</param>
    /// <param name="count">How many, at least 1.</param>
    internal DistinctWords Part(ReadOnlySpan<long> lengths, int first, int count)
    {
        var numbers = new Dictionary<long, int>();
        var words = new List<int>();
        var steps = Places.Length / lengths.Length;
        var places = new long[steps * count];
        for (var time = 0; time < steps; time++)
        {
            for (var place = 0; place < count; place++)
            {
                if (time >= lengths[first + place]) continue;
                var word = Places[time * lengths.Length + first + place];
                if (numbers.TryAdd(word, words.Count)) words.Add((int)word);
                places[time * count + place] = numbers[word];
            }
        }

        return new DistinctWords(Letters.Pick([.. words]), places);
    }

    /// <summary>Words are the same where their letters are.</summary>
    private sealed class SameLetters : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? one, int[]? other) => one.AsSpan().SequenceEqual(other);

        public int GetHashCode([DisallowNull] int[] word)
        {
            var hash = default(HashCode);
            foreach (var letter in word) hash.Add(letter);
            return hash.ToHashCode();
        }
    }
}
