namespace RnnTrain.Metrics;

/// <summary>One measured number, as a row of metrics.csv holds it.</summary>
public readonly record struct MetricValue(string Name, double Value);
