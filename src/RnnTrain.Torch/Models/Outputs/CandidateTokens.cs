using RnnTrain.Engines;
using RnnTrain.Numerics;

namespace RnnTrain.Models.Outputs;

/// <summary>
/// Candidates of a sampled softmax: the targets of a step and as many draws as asked for of the log-uniform distribution,
/// <c>q(token) = ln((token + 2) / (token + 1)) / ln(vocabulary + 1)</c>, which is Zipf's law for tokens numbered by how often they occur.
/// Targets are taken for draws of it too, so that n draws and targets make a token a candidate with probability Q = 1 − (1 − q)ⁿ.
/// </summary>
internal sealed class CandidateTokens(int vocabulary)
{
    private readonly double logOfAll = Math.Log(vocabulary + 1.0);
    private readonly bool[] isChosen = new bool[vocabulary];
    private readonly int[] place = new int[vocabulary];

    /// <param name="targets">[rows]: tokens, or -100.</param>
    /// <param name="draws">How many to draw; a token drawn again counts once.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <returns>The candidates in rising order; the targets as places among them, -100 where they are; and ln Q of each candidate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A target is not in the vocabulary.</exception>
    public (long[] Tokens, long[] Targets, float[] LogProbabilities) Draw(long[] targets, int draws, PortableRandom random)
    {
        var chosen = new List<long>(draws + targets.Length);
        foreach (var target in targets)
        {
            if (target == CrossEntropyProblem.Ignored) continue;
            if (target < 0 || target >= vocabulary) throw new ArgumentOutOfRangeException(nameof(targets), target, $"no token of a vocabulary of {vocabulary}");
            Choose((int)target, chosen);
        }

        for (var i = 0; i < draws; i++) Choose(DrawOne(random), chosen);
        chosen.Sort();
        for (var i = 0; i < chosen.Count; i++)
        {
            place[chosen[i]] = i;
            isChosen[chosen[i]] = false; // for the next step
        }

        return (
            [.. chosen],
            [.. targets.Select(target => target == CrossEntropyProblem.Ignored ? target : place[target])],
            [.. chosen.Select(token => LogProbability(token, draws + targets.Length))]);
    }

    private void Choose(int token, List<long> chosen)
    {
        if (isChosen[token]) return;
        isChosen[token] = true;
        chosen.Add(token);
    }

    private int DrawOne(PortableRandom random) => Math.Clamp((int)Math.Exp(random.NextDouble() * logOfAll) - 1, 0, vocabulary - 1);

    /// <summary>ln(1 − (1 − q)ⁿ), from powers near 1 without loss.</summary>
    private float LogProbability(long token, int tries)
    {
        var q = Math.Log((token + 2.0) / (token + 1.0)) / logOfAll;
        return (float)Math.Log(-double.ExpM1(tries * double.LogP1(-q)));
    }
}
