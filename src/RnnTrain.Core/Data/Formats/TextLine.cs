using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>A line of a text file, without what ends it.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Text">Its text.</param>
public readonly record struct TextLine(TextPlace Place, string Text);
