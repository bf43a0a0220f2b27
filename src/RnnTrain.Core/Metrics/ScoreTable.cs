namespace RnnTrain.Metrics;

/// <summary>A table of what a split was measured by, where one number does not say it.</summary>
/// <param name="Name">As its file is called: `confusion`.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Corner">What the first column holds.</param>
/// <param name="Columns">The heads of the columns of numbers.</param>
/// <param name="Rows">From the top.</param>
public sealed record ScoreTable(string Name, string Title, string Corner, IReadOnlyList<string> Columns, IReadOnlyList<ScoreRow> Rows);

/// <summary>A row of a <see cref="ScoreTable"/>.</summary>
/// <param name="Label">What stands in the first column.</param>
/// <param name="Values">A number a column; NaN where there is none.</param>
public sealed record ScoreRow(string Label, IReadOnlyList<double> Values);
