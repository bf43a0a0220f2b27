using RnnTrain.Configuration;

namespace RnnTrain.Models.Pooling;

/// <summary>What a pooling is made from besides its options.</summary>
/// <param name="Features">Of a step of what it reads, all directions together.</param>
/// <param name="Directions">Directions in which the last layer reads: 1 or 2.</param>
/// <param name="Combine">How the outputs of two directions became one.</param>
public readonly record struct PoolingArguments(long Features, int Directions, DirectionCombination Combine);
