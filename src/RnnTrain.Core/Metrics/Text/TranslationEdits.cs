namespace RnnTrain.Metrics.Text;

/// <summary>
/// The edits that turn one sequence of words into another, moves of runs of words among them, as Tercom searches for them: again and again the move
/// that lowers the edit distance most is made. Which moves are tried, and which of equally good ones is taken, is Tercom's rule, since another one
/// gives other numbers.
/// </summary>
internal static class TranslationEdits
{
    private const int LongestMove = 10; // words
    private const int FarthestMove = 50; // words
    private const int MostCandidates = 1000; // moves tried for one segment

    /// <summary>How many edits.</summary>
    public static int Count(string[] hypothesis, string[] reference)
    {
        if (reference.Length == 0) return hypothesis.Length;
        var (words, aim) = Numbered(hypothesis, reference);
        var moves = 0;
        var tried = 0;
        var table = new EditTable(aim, words);
        while (Best(table, words, aim, ref tried) is { Gain: > 0 } move && tried < MostCandidates)
        {
            words = Moved(words, move);
            table = new EditTable(aim, words);
            moves++;
        }

        return moves + table.Distance;
    }

    private static (int[] Words, int[] Aim) Numbered(string[] hypothesis, string[] reference)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int Number(string word) => numbers.TryGetValue(word, out var known) ? known : numbers[word] = numbers.Count;
        return ([.. hypothesis.Select(Number)], [.. reference.Select(Number)]);
    }

    /// <summary>The best move of all that are tried: the highest gain, then the longest, then from the leftmost place, then to the leftmost.</summary>
    private static Move? Best(EditTable table, int[] words, int[] aim, ref int tried)
    {
        var alignment = table.Align();
        Move? best = null;
        foreach (var (start, at, length) in CommonRuns(words, aim))
        {
            if (!alignment.IsWrongWritten(start, length) || !alignment.IsWrongRead(at, length)) continue;
            var aligned = alignment.Places[at];
            if (aligned >= start && aligned < start + length) continue; // it would move within itself
            var last = -1;
            for (var offset = -1; offset < length && at + offset < aim.Length; offset++)
            {
                var target = at + offset < 0 ? 0 : alignment.Places[at + offset] + 1;
                if (target == last) continue;
                last = target;
                var move = new Move(0, start, length, target);
                move = move with { Gain = table.Distance - table.DistanceOf(Moved(words, move)) };
                tried++;
                if (best is null || move.CompareTo(best.Value) > 0) best = move;
            }

            if (tried >= MostCandidates) break;
        }

        return best;
    }

    /// <summary>All runs of words that both sequences hold: where each stands in the first and in the second, and its length.</summary>
    private static IEnumerable<(int Start, int At, int Length)> CommonRuns(int[] words, int[] aim)
    {
        for (var start = 0; start < words.Length; start++)
        {
            for (var at = Math.Max(0, start - FarthestMove); at < aim.Length && at <= start + FarthestMove; at++)
            {
                for (var length = 1; length <= LongestMove && start + length <= words.Length && at + length <= aim.Length; length++)
                {
                    if (words[start + length - 1] != aim[at + length - 1]) break;
                    yield return (start, at, length);
                }
            }
        }
    }

    private static int[] Moved(int[] words, Move move)
    {
        var (_, start, length, target) = move;
        var run = words[start..(start + length)];
        if (target < start) return [.. words[..target], .. run, .. words[target..start], .. words[(start + length)..]];
        var end = target > start + length ? target : Math.Min(length + target, words.Length); // within itself: as if its own words were not there
        return [.. words[..start], .. words[(start + length)..end], .. run, .. words[end..]];
    }

    /// <summary>A run of words that goes elsewhere.</summary>
    private readonly record struct Move(int Gain, int Start, int Length, int Target) : IComparable<Move>
    {
        public int CompareTo(Move other) =>
            (Gain, Length, -Start, -Target).CompareTo((other.Gain, other.Length, -other.Start, -other.Target));
    }
}
