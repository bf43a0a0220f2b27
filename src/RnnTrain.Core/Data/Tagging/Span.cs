namespace RnnTrain.Data.Tagging;

/// <summary>Neighbouring words that are one thing.</summary>
/// <param name="First">The place of its first word, from 0.</param>
/// <param name="End">The place behind its last word.</param>
/// <param name="Type">What it is: `PER`.</param>
public readonly record struct Span(int First, int End, string Type);
