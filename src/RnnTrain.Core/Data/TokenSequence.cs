namespace RnnTrain.Data;

/// <summary>The text of one split as ids of the vocabulary.</summary>
/// <param name="Split">What it is for.</param>
/// <param name="Ids">The ids in the order of the text.</param>
/// <param name="UnknownTokens">How many tokens the vocabulary lacks, so that the unknown symbol stands for them.</param>
public sealed record TokenSequence(Split Split, TokenIds Ids, long UnknownTokens);
