using RnnTrain.Configuration;

namespace RnnTrain.Data;

/// <summary>Takes validation and test data from the end of the training data, where they have no files of their own.</summary>
internal static class HeldOut
{
    /// <summary>
    /// Cuts n tokens or examples of training data into three stretches: training up to ⌊n · (1 − validation − test)⌋, validation up to
    /// ⌊n · (1 − test)⌋, test to the end. A share of 0 leaves out its stretch.
    /// </summary>
    /// <param name="whole">How many there are.</param>
    /// <param name="shares">The shares that are held out.</param>
    internal static IEnumerable<(Split Split, long First, long Count)> Cut(long whole, SplitOptions shares)
    {
        // In decimal, where 1 − 0.1 − 0.05 is 0.85 and no rounding moves a border by a token.
        var validationStart = (long)(whole * (1 - (decimal)shares.Validation - (decimal)shares.Test));
        var testStart = (long)(whole * (1 - (decimal)shares.Test));
        yield return (Split.Train, 0, validationStart);
        if (shares.Validation > 0) yield return (Split.Validation, validationStart, testStart - validationStart);
        if (shares.Test > 0) yield return (Split.Test, testStart, whole - testStart);
    }

    /// <summary>How many of a split's tokens or examples are used.</summary>
    internal static long Most(this LimitOptions limit, Split split, long count) => Math.Min(count, split switch
    {
        Split.Train => limit.Train,
        Split.Validation => limit.Validation,
        _ => limit.Test,
    } ?? count);
}
