using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>A row of a table, of which only the columns that were asked for are kept.</summary>
/// <param name="Place">The line on which it begins.</param>
/// <param name="Cells">One a column, in the order in which they were asked for.</param>
public sealed record TableRow(TextPlace Place, IReadOnlyList<TableCell> Cells);
