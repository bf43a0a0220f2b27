namespace RnnTrain.Data.Encoding;

/// <summary>A kind of token: how text is cut into symbols, which of them a model knows, and how symbols become text again.</summary>
public interface ITokenizer
{
    /// <summary>What one token is called, in the singular: `character`, `byte`, `word`.</summary>
    string Unit { get; }

    /// <summary>True where a prompt may hold symbols that the model has never seen, provided that it has learned the unknown symbol.</summary>
    bool PromptMayHoldUnknown { get; }

    /// <summary>The text in the form in which it is cut.</summary>
    string Prepare(string text);

    /// <summary>Cuts the next piece off a prepared text: one symbol, but for byte-pair encoding, where it may be several.</summary>
    /// <param name="text">The whole prepared text, or some of its lines with their line feeds.</param>
    /// <param name="isWhole">False for a prompt, whose last line goes on after its end.</param>
    /// <param name="position">Where to go on; 0 at first, moved behind the piece.</param>
    /// <param name="piece">A stretch of the text, or a symbol that stands for something in it.</param>
    /// <returns>False at the end of the text.</returns>
    bool TryNext(ReadOnlySpan<char> text, bool isWhole, ref int position, out ReadOnlySpan<char> piece);

    /// <summary>How a symbol is shown to people: `'é' (U+00E9)`.</summary>
    string Show(string symbol);

    /// <summary>The vocabulary for a text of these pieces.</summary>
    /// <exception cref="Configuration.UserMistakeException">The pieces do not make a vocabulary to learn from.</exception>
    Vocabulary Learn(SymbolCounts counts);

    /// <summary>Turns pieces into ids.</summary>
    ITokenEncoder Encoder(Vocabulary vocabulary) => new VocabularyLookup(vocabulary);

    /// <summary>Turns ids back into text.</summary>
    ITokenDecoder Decoder(Vocabulary vocabulary);
}
