using RnnTrain.Configuration;

namespace RnnTrain.Data;

/// <summary>Takes validation and test data from the end of the training data, where they have no files of their own.</summary>
internal static class HeldOut
{
    /// <summary>
    /// Cuts the n tokens of the training text into three stretches: training up to ⌊n · (1 − validation − test)⌋, validation up to
    /// ⌊n · (1 − test)⌋, test to the end. A share of 0 leaves out its stretch.
    /// </summary>
    /// <param name="train">The whole training text.</param>
    /// <param name="shares">The shares that are held out.</param>
    internal static IEnumerable<(Split Split, int[] Tokens)> Cut(int[] train, SplitOptions shares)
    {
        // In decimal, where 1 − 0.1 − 0.05 is 0.85 and no rounding moves a border by a token.
        var validationStart = (int)(train.Length * (1 - (decimal)shares.Validation - (decimal)shares.Test));
        var testStart = (int)(train.Length * (1 - (decimal)shares.Test));
        yield return (Split.Train, shares is { Validation: 0, Test: 0 } ? train : train[..validationStart]);
        if (shares.Validation > 0) yield return (Split.Validation, train[validationStart..testStart]);
        if (shares.Test > 0) yield return (Split.Test, train[testStart..]);
    }
}
