using RnnTrain.Configuration;

namespace RnnTrain.Cells;

/// <summary>What every recurrent cell is made from besides its options.</summary>
/// <param name="Input">Features of a time step of the input.</param>
/// <param name="Hidden">Hidden units.</param>
/// <param name="Layer">In which layer of a stack it stands, counted from 0.</param>
/// <param name="Engine">What may multiply its matrices on the CPU.</param>
public sealed record CellSizes(long Input, long Hidden, int Layer = 0, ComputeEngine Engine = ComputeEngine.Auto);
