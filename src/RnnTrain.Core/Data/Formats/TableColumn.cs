namespace RnnTrain.Data.Formats;

/// <summary>A column of a table that is read.</summary>
/// <param name="Key">The configuration key that names it: `data.format.text`.</param>
/// <param name="Name">Its name in the files, or its number from 1 where files have no header.</param>
public readonly record struct TableColumn(string Key, string Name);
