namespace RnnTrain.Data.Tagging;

/// <summary>The first place where tags are not what their scheme allows.</summary>
/// <param name="Place">The word, from 0.</param>
/// <param name="What">What is wrong there: `I-PER follows O, and iob2 begins every span with B`.</param>
public sealed record TagViolation(int Place, string What);
