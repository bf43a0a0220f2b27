namespace RnnTrain.Engines;

/// <summary>All of a gated scan but its tensors.</summary>
/// <param name="Lengths">Where each example ends; null where all do at the last step.</param>
internal sealed record GatedScanShape(ScanGate Gate, long Time, long Batch, long Hidden, IReadOnlyList<long>? Lengths);
