namespace RnnTrain.Data.Encoding;

/// <summary>How often each symbol, or piece of byte-pair encoding, occurs in the training text, from which a vocabulary is made.</summary>
/// <param name="Symbols">Every symbol of the training, validation and test texts, once.</param>
/// <param name="Training">How often each occurs in the training text; 0 for one that only held-out text holds.</param>
/// <param name="ExpectsUnseen">True where the model will read texts that nobody has seen yet, so that a symbol for the unknown is needed.</param>
public sealed record SymbolCounts(IReadOnlyList<string> Symbols, IReadOnlyList<long> Training, bool ExpectsUnseen = false);
