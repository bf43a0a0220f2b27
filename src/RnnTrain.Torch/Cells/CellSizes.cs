namespace RnnTrain.Cells;

/// <summary>What every recurrent cell is made from besides its options.</summary>
/// <param name="Input">Features of a time step of the input.</param>
/// <param name="Hidden">Hidden units.</param>
public sealed record CellSizes(long Input, long Hidden);
