namespace RnnTrain.Runs;

/// <summary>One measured number of a run: a line of `metrics.csv`.</summary>
/// <param name="Step">Optimizer steps done when it was measured.</param>
/// <param name="Epoch">The pass over the training data it belongs to, from 1.</param>
/// <param name="Split">The data it was measured on: train, validation or test.</param>
/// <param name="Metric">What was measured, with its unit where it has one.</param>
/// <param name="Value">The number; NaN and infinities are written as such.</param>
public sealed record MetricRow(long Step, int Epoch, string Split, string Metric, double Value);
