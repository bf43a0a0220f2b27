namespace RnnTrain.NGrams;

/// <summary>What Kneser-Ney smoothing takes off the count of an n-gram that occurs once, twice, and three times or more.</summary>
/// <remarks>
/// With n_r the number of n-grams of that length whose count is r, Ney, Essen and Kneser, "On structuring probabilistic dependences in
/// stochastic language modelling" (1994), and Chen and Goodman, "An empirical study of smoothing techniques for language modeling" (1999):
/// <code>
/// Y = n₁ / (n₁ + 2 n₂)
/// one discount:     D = Y
/// three discounts:  D₁ = 1 − 2 Y n₂/n₁    D₂ = 2 − 3 Y n₃/n₂    D₃₊ = 3 − 4 Y n₄/n₃
/// </code>
/// Where no n-gram occurs once, as with short n-grams of characters, Y says nothing and is taken as ½; where a discount of three cannot
/// be estimated or would lie outside 0 to r, Y is taken for all three.
/// </remarks>
public readonly record struct Discounts(double Once, double Twice, double Often)
{
    private const double Unknown = 0.5;

    /// <summary>The discount for a count.</summary>
    public double Of(int count) => count switch
    {
        0 => 0,
        1 => Once,
        2 => Twice,
        _ => Often,
    };

    /// <summary>The discounts for n-grams of one length.</summary>
    /// <param name="counts">Of all n-grams of that length.</param>
    public static Discounts Estimate(ReadOnlySpan<int> counts, Smoothing smoothing)
    {
        Span<double> n = stackalloc double[5]; // n[r]: how many n-grams have the count r
        foreach (var count in counts)
        {
            if (count < n.Length) n[count]++;
        }

        var y = n[1] > 0 ? n[1] / (n[1] + (2 * n[2])) : Unknown;
        var one = new Discounts(y, y, y);
        if (smoothing == Smoothing.KneserNey || n[1] == 0 || n[2] == 0 || n[3] == 0) return one;
        var three = new Discounts(1 - (2 * y * n[2] / n[1]), 2 - (3 * y * n[3] / n[2]), 3 - (4 * y * n[4] / n[3]));
        return three is { Once: > 0 and <= 1, Twice: > 0 and <= 2, Often: > 0 and <= 3 } ? three : one;
    }
}
