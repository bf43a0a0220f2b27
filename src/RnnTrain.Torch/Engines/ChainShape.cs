namespace RnnTrain.Engines;

/// <summary>All of a chain's sum over paths but its scores.</summary>
/// <param name="Time">Steps of the padded batch.</param>
/// <param name="Batch">Examples.</param>
/// <param name="Classes">Different classes.</param>
/// <param name="Lengths">Where each example ends, from 1.</param>
/// <param name="Targets">The class of each step, [time · batch]; any number that is none where it is not known.</param>
internal sealed record ChainShape(int Time, int Batch, int Classes, IReadOnlyList<long> Lengths, long[] Targets);
