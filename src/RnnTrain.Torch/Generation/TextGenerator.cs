using RnnTrain.Data.Encoding;

namespace RnnTrain.Generation;

/// <summary>Continues a text, one token after the other.</summary>
/// <param name="predictor">A model that has read nothing yet.</param>
/// <param name="sampler">Chooses among what the model expects.</param>
public sealed class TextGenerator(ITokenPredictor predictor, Sampler sampler)
{
    /// <summary>Continues a text for people: the prompt itself is not repeated.</summary>
    /// <param name="tokenizer">How the model's text was cut.</param>
    /// <param name="vocabulary">The model's tokens.</param>
    /// <param name="prompt">What the text begins with; if empty, the model starts as <see cref="StartToken"/> says.</param>
    /// <param name="length">Tokens to write.</param>
    /// <returns>Pieces of text, as soon as they are known.</returns>
    /// <exception cref="Configuration.UserMistakeException">The prompt holds what the model has never seen.</exception>
    public IEnumerable<string> Continue(ITokenizer tokenizer, Vocabulary vocabulary, string prompt, int length)
    {
        var start = Prompt.Encode(tokenizer, vocabulary, prompt);
        if (start.Length == 0) start = [StartToken(tokenizer, vocabulary)];
        return Pieces(tokenizer.Decoder(vocabulary), start, length);
    }

    /// <summary>Continues a sequence of tokens.</summary>
    /// <param name="prompt">At least one token, read at once.</param>
    /// <param name="length">Tokens to draw.</param>
    /// <returns>The new tokens, each drawn when it is asked for. To be enumerated once: the predictor remembers.</returns>
    public IEnumerable<int> Tokens(IReadOnlyList<int> prompt, int length)
    {
        if (prompt.Count == 0) throw new ArgumentException("a prompt of no tokens", nameof(prompt));
        var scores = new float[predictor.Vocabulary]; // [vocabulary]
        int[] unread = [.. prompt];
        for (var written = 0; written < length; written++)
        {
            predictor.Read(unread, scores);
            var token = sampler.Draw(scores);
            yield return token;
            unread = [token];
        }
    }

    /// <summary>
    /// What a text without a prompt starts after: the end of a line, where the model knows one, for what follows is the beginning of a
    /// line; else the most frequent token.
    /// </summary>
    public static int StartToken(ITokenizer tokenizer, Vocabulary vocabulary)
    {
        var position = 0;
        var hasLines = tokenizer.TryNext(tokenizer.Prepare("\n"), isWhole: true, ref position, out var endOfLine);
        if (hasLines && tokenizer.Encoder(vocabulary).Encode(endOfLine) is [var id] && vocabulary.Counts[id] > 0) return id;
        return Enumerable.Range(0, vocabulary.Size).Where(token => token != vocabulary.UnknownId).MaxBy(token => vocabulary.Counts[token]);
    }

    private IEnumerable<string> Pieces(ITokenDecoder decoder, int[] prompt, int length)
    {
        // the decoder must know the prompt, or it would not put a space before the first new word
        foreach (var token in prompt) decoder.Next(token);
        foreach (var token in Tokens(prompt, length))
        {
            if (decoder.Next(token) is { Length: > 0 } piece) yield return piece;
        }

        if (decoder.Finish() is { Length: > 0 } last) yield return last;
    }
}
