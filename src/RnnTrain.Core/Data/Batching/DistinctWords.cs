namespace RnnTrain.Data.Batching;

/// <summary>The words of a batch letter by letter, each different one once, so that its letters are read once.</summary>
/// <param name="Letters">The letters of each different word, in the order in which they first occur: [letters, words].</param>
/// <param name="Places">Which of these words stands at each place of the batch, 0 in its padding: [time, batch].</param>
public sealed record DistinctWords(PaddedTokens Letters, long[] Places);
