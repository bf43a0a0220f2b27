using RnnTrain.Configuration;

namespace RnnTrain.Models.Characters;

/// <summary>What a reader of letters is made from besides its options.</summary>
/// <param name="Letters">Different letters.</param>
/// <param name="Engine">What computes it on the CPU.</param>
public readonly record struct CharacterArguments(int Letters, ComputeEngine Engine);
