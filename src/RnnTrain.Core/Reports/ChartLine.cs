namespace RnnTrain.Reports;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">In the order in which they are joined. A point that has no place on the axes (not finite; not positive on a logarithmic one) breaks the line.</param>
public sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points);
