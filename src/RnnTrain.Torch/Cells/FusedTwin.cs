using RnnTrain.Engines;

namespace RnnTrain.Cells;

/// <summary>The fused network that is the same function as a cell, or why there is none.</summary>
/// <param name="Kernel">Null where there is none.</param>
/// <param name="Reason">`nn.LSTM is the same function`, `libtorch has no kernel for this cell`.</param>
public sealed record FusedTwin(FusedKernel? Kernel, string Reason);
