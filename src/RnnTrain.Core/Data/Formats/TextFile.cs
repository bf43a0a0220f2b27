namespace RnnTrain.Data.Formats;

/// <summary>The text of one file.</summary>
/// <param name="File">The file it was read from.</param>
/// <param name="Text">The text, lines ended by a line feed.</param>
public sealed record TextFile(DataFile File, string Text);
