using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;

namespace RnnTrain.Data.Examples;

/// <summary>Turns examples that are text into numbers, by the lexicon of an experiment.</summary>
public sealed class TextExampleEncoder
{
    private const int MostNamed = 8;

    private readonly Vocabulary? labels;
    private readonly TextEncoder? letters;

    /// <param name="data">Says how text becomes numbers.</param>
    /// <param name="lexicon">The vocabularies.</param>
    public TextExampleEncoder(DataOptions data, Lexicon lexicon)
    {
        var targets = data.Format.Targets ?? throw new ArgumentException("running text has no examples", nameof(data));
        var tokens = lexicon.Tokens ?? throw new ArgumentException("a lexicon without tokens", nameof(lexicon));
        labels = lexicon.Labels;
        Read = new TextEncoder(TokenTable.Create(data.Tokens!), tokens);
        if (targets == TargetKind.Sequence)
            Written = new TextEncoder(TokenTable.Create(data.SharedVocabulary ? data.Tokens! : data.WrittenTokens ?? data.Tokens!), lexicon.Written ?? tokens);
        letters = lexicon.Characters is { } characters ? new TextEncoder(Letters.Tokenizer, characters) : null;
        var outputs = Written is null ? labels!.Size : new WrittenSymbols(Written.Vocabulary.Size).Count;
        Shape = new ExampleShape(tokens.Size, Features: 0, targets, outputs) { Characters = lexicon.Characters?.Size ?? 0 };
    }

    /// <summary>What the examples have in common.</summary>
    public ExampleShape Shape { get; }

    /// <summary>Of the side that is read.</summary>
    public TextEncoder Read { get; }

    /// <summary>Of the side that is written; null where none is.</summary>
    public TextEncoder? Written { get; }

    /// <summary>What is read of an example, as numbers; null where nothing is in it.</summary>
    public Example? EncodeInput(TextExample text)
    {
        var tokens = text.Words is { } words ? Read.EncodeWords(words) : Read.Encode(text.Text);
        if (tokens.Length == 0) return null;
        return new Example { Length = tokens.Length, Tokens = tokens, Characters = CharactersOf(text) };
    }

    /// <summary>The whole example as numbers.</summary>
    /// <exception cref="UserMistakeException">Nothing is in it, or it has a label that no training example has; names its place.</exception>
    public Example Encode(TextExample text)
    {
        var input = EncodeInput(text) ?? throw new UserMistakeException($"{text.Place}: there is no {Read.Unit} to read in this example; remove it");
        return new Example
        {
            Length = input.Length,
            Tokens = input.Tokens,
            Characters = input.Characters,
            Classes = labels is null ? [] : [.. text.Labels.Select(label => ClassOf(label, text.Place))],
            Target = text.Target is { } target && Written is not null ? Written.Encode(target) : [],
        };
    }

    private int[][] CharactersOf(TextExample text) =>
        letters is null || text.Words is null ? [] : [.. text.Words.Select(letters.Encode)];

    private int ClassOf(string label, TextPlace place)
    {
        if (labels!.TryGetId(label, out var id)) return id;
        var more = labels.Size > MostNamed ? ", …" : "";
        throw new UserMistakeException(
            $"{place}: the label '{label}' is in no training example; there are {string.Join(", ", labels.Symbols.Take(MostNamed))}{more}; correct the label, or train on examples of it");
    }
}
