namespace RnnTrain.Data.Formats;

/// <summary>A part of a text: some of its lines with their line feeds; of a line that is longer than a block, some of its words.</summary>
/// <param name="Text">The part, not empty.</param>
/// <param name="IsLast">True where nothing follows it.</param>
public readonly record struct TextBlock(string Text, bool IsLast);
