namespace RnnTrain.Data.Formats;

/// <summary>A file of running text. It is read in blocks, from its beginning each time, and never held as a whole.</summary>
/// <param name="File">The file, as the manifest records it.</param>
/// <param name="Blocks">Its text, lines ended by a line feed.</param>
public sealed record TextFile(DataFile File, Func<IEnumerable<TextBlock>> Blocks);
