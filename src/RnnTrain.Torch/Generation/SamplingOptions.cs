using RnnTrain.Configuration;

namespace RnnTrain.Generation;

/// <summary>How the next token is drawn from what a model expects.</summary>
public sealed record SamplingOptions
{
    /// <summary>Divides the scores: below 1 sharper, above 1 flatter than what was learned; 0 always takes the likeliest token.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Draw from so many of the likeliest tokens only (Fan et al. 2018, "Hierarchical neural story generation").</summary>
    public int? TopK { get; init; }

    /// <summary>
    /// Draw from the fewest likeliest tokens whose probabilities sum to at least this (nucleus sampling; Holtzman et al. 2020, "The
    /// curious case of neural text degeneration"). After <see cref="TopK"/>, of whose tokens it takes its share.
    /// </summary>
    public double? TopP { get; init; }

    /// <exception cref="UserMistakeException">A number is out of its range; one line each.</exception>
    public void Check()
    {
        List<string> mistakes = [];
        if (!(Temperature >= 0 && double.IsFinite(Temperature))) mistakes.Add($"--temperature {Temperature:R}: must be 0 or above");
        if (TopK is < 1) mistakes.Add($"--top-k {TopK}: must be 1 or above");
        if (TopP is not (null or (> 0 and <= 1))) mistakes.Add($"--top-p {TopP:R}: must be above 0 and at most 1");
        if (mistakes.Count > 0) throw new UserMistakeException(mistakes);
    }
}
