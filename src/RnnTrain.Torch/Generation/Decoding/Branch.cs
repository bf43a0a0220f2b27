namespace RnnTrain.Generation.Decoding;

/// <summary>How a row of a decoder comes from the rows before.</summary>
/// <param name="Parent">Which row of the same sequence read it continues, from 0.</param>
/// <param name="Symbol">With which symbol.</param>
internal readonly record struct Branch(int Parent, int Symbol);
