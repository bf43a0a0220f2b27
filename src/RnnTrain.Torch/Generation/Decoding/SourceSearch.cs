using RnnTrain.Data.Encoding;

namespace RnnTrain.Generation.Decoding;

/// <summary>The beam search for one sequence read: the beginnings it follows and the texts it has finished.</summary>
internal sealed class SourceSearch
{
    private readonly DecodingRules rules;
    private readonly WrittenSymbols symbols;
    private readonly int beam;
    private readonly int wanted;
    private readonly int minimum; // symbols
    private readonly int maximum; // symbols
    private readonly List<Hypothesis> finished = [];
    private List<(TextBeginning Text, Branch Branch)> living = [(TextBeginning.Empty, default)];

    /// <param name="rules">What may be written.</param>
    /// <param name="symbols">What the decoder writes.</param>
    /// <param name="beam">Beginnings that are followed at once.</param>
    /// <param name="wanted">Texts that are asked for, at most <paramref name="beam"/>.</param>
    /// <param name="read">Tokens read.</param>
    public SourceSearch(DecodingRules rules, WrittenSymbols symbols, int beam, int wanted, long read)
    {
        this.rules = rules;
        this.symbols = symbols;
        this.beam = beam;
        this.wanted = wanted;
        (minimum, maximum) = (rules.Minimum(read), rules.Maximum(read));
    }

    /// <summary>True when there is nothing left to look for.</summary>
    public bool IsOver => living.Count == 0;

    /// <summary>How the beginnings to go on with came from those before, the likeliest first.</summary>
    public IReadOnlyList<Branch> Branches() => [.. living.Select(one => one.Branch)];

    /// <summary>Symbols that may not follow, for each beginning; besides what is forbidden anyway.</summary>
    public IReadOnlyList<int>[] Blocked() => [.. living.Select(one => rules.Blocked(one.Text))];

    /// <summary>The texts that are asked for, the best first.</summary>
    public IReadOnlyList<Hypothesis> Best() => [.. finished.OrderByDescending(text => text.Score).Take(wanted)]; // of equal ones the first found

    /// <summary>One step further.</summary>
    /// <param name="reading">What the decoder said.</param>
    /// <param name="first">The row of the first beginning, behind which the others stand.</param>
    /// <param name="blocked">What <see cref="Blocked"/> said.</param>
    public void Advance(DecoderReading reading, int first, IReadOnlyList<int>[] blocked)
    {
        if (living[0].Text.Length == maximum)
        {
            EndAll(reading, first);
            return;
        }

        var before = living;
        living = [];
        var rank = 0;
        foreach (var candidate in Candidates(reading, before, first, blocked).OrderByDescending(candidate => candidate.LogProbability))
        {
            var text = before[candidate.Row].Text;
            if (candidate.Symbol != symbols.End)
                living.Add((text.With(candidate.Symbol, candidate.LogProbability, reading, first + candidate.Row), new Branch(candidate.Row, candidate.Symbol)));
            else if (rank < beam) Finish(text, candidate.LogProbability, reading, first + candidate.Row);
            rank++;
            if (living.Count == beam) break;
        }

        if (living.Count == 0 && finished.Count == 0) // all that could follow is blocked
        {
            living = before;
            EndAll(reading, first);
        }
        else if (finished.Count >= beam || !MayImprove()) living = [];
    }

    private IEnumerable<(int Row, int Symbol, double LogProbability)> Candidates(
        DecoderReading reading, List<(TextBeginning Text, Branch Branch)> before, int first, IReadOnlyList<int>[] blocked)
    {
        for (var row = 0; row < before.Count; row++)
        {
            for (var place = 0; place < reading.Candidates; place++)
            {
                var symbol = reading.Symbol(first + row, place);
                var value = reading.Value(first + row, place);
                if (float.IsNegativeInfinity(value) || rules.IsForbidden(symbol) || blocked[row].Contains(symbol)) continue;
                if (symbol == symbols.End && before[row].Text.Length < minimum) continue;
                yield return (row, symbol, before[row].Text.LogProbability + value);
            }
        }
    }

    private void EndAll(DecoderReading reading, int first)
    {
        for (var row = 0; row < living.Count; row++)
            Finish(living[row].Text, living[row].Text.LogProbability + reading.End(first + row), reading, first + row);
        living = [];
    }

    private void Finish(TextBeginning text, double logProbability, DecoderReading reading, int row) =>
        finished.Add(text.Finished(logProbability, rules.Score(logProbability, text.Length + 1, reading.Coverage(row))));

    /// <summary>False where none of the living can become better than the texts that are asked for.</summary>
    private bool MayImprove()
    {
        if (finished.Count < wanted || living.Count == 0) return true;
        var best = rules.Score(living[0].Text.LogProbability, maximum + 1); // no symbol is likelier than 1, and no length divides more
        return best > finished.OrderByDescending(text => text.Score).ElementAt(wanted - 1).Score;
    }
}
