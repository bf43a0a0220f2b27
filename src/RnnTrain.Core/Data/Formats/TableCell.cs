namespace RnnTrain.Data.Formats;

/// <summary>What a row has in one column.</summary>
/// <param name="Text">The text; empty for a list.</param>
/// <param name="Items">The texts of a list, which JSON alone has; null for one text.</param>
public readonly record struct TableCell(string Text, IReadOnlyList<string>? Items = null);
