namespace RnnTrain.Data.Formats;

/// <summary>A constituent of a tree.</summary>
/// <param name="First">Its first word, from 0.</param>
/// <param name="End">The place behind its last word.</param>
/// <param name="Label">Its label.</param>
internal readonly record struct TreePhrase(int First, int End, string Label);
