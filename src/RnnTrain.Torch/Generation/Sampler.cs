using RnnTrain.Configuration;
using RnnTrain.Numerics;

namespace RnnTrain.Generation;

/// <summary>
/// Draws the next token from a model's scores (logits): p(i) ∝ exp(scores(i) / temperature) over the tokens that top-k and top-p
/// leave. In double precision, and from a generator of its own, so that a seed gives the same text on every machine that computes
/// the same scores.
/// </summary>
public sealed class Sampler
{
    private readonly SamplingOptions options;
    private readonly PortableRandom random;
    private readonly HashSet<int> suppressed;
    private Candidate[] buffer = [];

    /// <param name="options">How to draw.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="suppressed">Tokens never drawn, for instance the unknown symbol.</param>
    /// <exception cref="UserMistakeException">An option is out of its range.</exception>
    public Sampler(SamplingOptions options, PortableRandom random, IEnumerable<int>? suppressed = null)
    {
        options.Check();
        this.options = options;
        this.random = random;
        this.suppressed = [.. suppressed ?? []];
    }

    /// <summary>Draws one token.</summary>
    /// <param name="scores">One for each token: [vocabulary]. −∞ is never drawn.</param>
    /// <exception cref="UserMistakeException">A score is NaN or +∞, or no token is left.</exception>
    public int Draw(ReadOnlySpan<float> scores)
    {
        var candidates = Candidates(scores);
        if (candidates.Length == 1) return candidates[0].Token;
        var rest = random.NextDouble() * Sum(candidates);
        foreach (var candidate in candidates)
        {
            rest -= candidate.Weight;
            if (rest < 0) return candidate.Token;
        }

        return candidates[^1].Token; // rounding left a remainder
    }

    /// <summary>The tokens that may be drawn, each with its probability.</summary>
    /// <inheritdoc cref="Draw"/>
    public IReadOnlyDictionary<int, double> Distribution(ReadOnlySpan<float> scores)
    {
        var candidates = Candidates(scores);
        var sum = Sum(candidates);
        return candidates.ToArray().ToDictionary(candidate => candidate.Token, candidate => candidate.Weight / sum);
    }

    private ReadOnlySpan<Candidate> Candidates(ReadOnlySpan<float> scores)
    {
        var best = Best(scores);
        buffer = buffer.Length >= scores.Length ? buffer : new Candidate[scores.Length];
        if (options.Temperature == 0)
        {
            buffer[0] = new Candidate(best, 1);
            return buffer.AsSpan(0, 1);
        }

        var count = 0;
        for (var token = 0; token < scores.Length; token++)
        {
            // the best score is taken off first, so that the largest weight is 1 and none overflows
            var weight = Math.Exp(((double)scores[token] - scores[best]) / options.Temperature);
            if (weight > 0 && !suppressed.Contains(token)) buffer[count++] = new Candidate(token, weight);
        }

        return Nucleus(Likeliest(buffer.AsSpan(0, count)));
    }

    /// <summary>The token of the highest score, the first of several.</summary>
    private int Best(ReadOnlySpan<float> scores)
    {
        var best = -1;
        for (var token = 0; token < scores.Length; token++)
        {
            var score = scores[token];
            if (float.IsNaN(score) || float.IsPositiveInfinity(score))
            {
                throw new UserMistakeException(
                    $"the model scores token {token} with {score}: its weights are not finite; use an earlier checkpoint");
            }

            if (!float.IsNegativeInfinity(score) && !suppressed.Contains(token) && (best < 0 || score > scores[best])) best = token;
        }

        return best >= 0 ? best : throw new UserMistakeException("the model leaves no token that may be drawn; use another checkpoint");
    }

    private Span<Candidate> Likeliest(Span<Candidate> candidates)
    {
        if (options.TopK is null && options.TopP is null) return candidates;
        candidates.Sort();
        return candidates[..Math.Min(options.TopK ?? candidates.Length, candidates.Length)];
    }

    private ReadOnlySpan<Candidate> Nucleus(ReadOnlySpan<Candidate> candidates)
    {
        if (options.TopP is not { } share) return candidates;
        var enough = share * Sum(candidates);
        var sum = 0.0;
        for (var i = 0; i < candidates.Length; i++)
        {
            sum += candidates[i].Weight;
            if (sum >= enough) return candidates[..(i + 1)];
        }

        return candidates;
    }

    private static double Sum(ReadOnlySpan<Candidate> candidates)
    {
        var sum = 0.0;
        foreach (var candidate in candidates) sum += candidate.Weight;
        return sum;
    }

    /// <summary>A token that may be drawn. Heavier ones come first, of equal weight the one of the lower number.</summary>
    private readonly record struct Candidate(int Token, double Weight) : IComparable<Candidate>
    {
        public int CompareTo(Candidate other)
        {
            var byWeight = other.Weight.CompareTo(Weight);
            return byWeight != 0 ? byWeight : Token.CompareTo(other.Token);
        }
    }
}
