using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Formats;

namespace RnnTrain.Data;

/// <summary>The text of an experiment, as numbers: training, validation and test sequences over one vocabulary.</summary>
/// <param name="Tokenizer">How the text was cut into tokens.</param>
/// <param name="Vocabulary">What the numbers mean.</param>
/// <param name="Sequences">The splits there are, in the order train, validation, test.</param>
/// <param name="Files">Every file that was read, for the manifest.</param>
public sealed record TextCorpus(
    ITokenizer Tokenizer, Vocabulary Vocabulary, IReadOnlyList<TokenSequence> Sequences, IReadOnlyList<DataFile> Files) : IExperimentData
{
    public Lexicon Lexicon => new() { Tokens = Vocabulary };

    public TokenSequence Train => Sequences[0];

    public TokenSequence? Validation => Find(Split.Validation);

    public TokenSequence? Test => Find(Split.Test);

    /// <summary>The split or null where the configuration has none.</summary>
    public TokenSequence? Find(Split split) => Sequences.FirstOrDefault(sequence => sequence.Split == split);

    public bool Has(Split split) => Find(split) is not null;

    public IEnumerable<(string Name, string Text)> Describe()
    {
        foreach (var sequence in Sequences)
        {
            var unknown = sequence.UnknownTokens > 0 ? $", {sequence.UnknownTokens:N0} of them unknown" : "";
            yield return (sequence.Split.Key(), FormattableString.Invariant($"{sequence.Ids.Length:N0} {Tokenizer.Unit}s{unknown}"));
        }

        yield return ("vocabulary", FormattableString.Invariant($"{Vocabulary.Size:N0} {Tokenizer.Unit}s"));
    }

    /// <summary>Reads all files and turns them into numbers. Every mistake in the files is reported at once.</summary>
    /// <param name="options">The `data` block of a configuration that the loader has accepted.</param>
    /// <param name="dataRoot">The folder at which relative paths start.</param>
    /// <param name="trained">The vocabulary of a trained model; null to make one from the training text.</param>
    /// <exception cref="UserMistakeException">The data is not what the configuration says, or nothing can be learned from it.</exception>
    public static TextCorpus Read(DataOptions options, string dataRoot, Vocabulary? trained = null)
    {
        var files = ReadFiles(options, dataRoot);
        var tokenizer = TokenTable.Create(options.Tokens ?? throw new ArgumentException("a text becomes numbers by data.tokens", nameof(options)));
        var table = new SymbolTable();
        var whole = files.Select(split => (split.Split, Tokens: Scan(split.Texts, tokenizer, table))).ToList();
        (Split Split, int[] Tokens)[] splits = [.. HeldOut.Cut(whole[0].Tokens, options.Split), .. whole.Skip(1)];
        splits = [.. splits.OrderBy(split => split.Split).Select(split => (split.Split, Beginning(split.Tokens, options.Limit, split.Split)))];
        if (splits[0].Tokens.Length == 0) RequireTwoTokens(splits.Select(split => (split.Split, 0)), tokenizer);
        var vocabulary = trained ?? tokenizer.Learn(new SymbolCounts(table.Symbols, Count(splits[0].Tokens, table.Symbols.Count)));
        var ids = EncodedPieces.Of(table.Symbols, tokenizer, vocabulary);
        List<TokenSequence> sequences = [.. splits.Select(split => ids.Sequence(split.Split, split.Tokens))];
        RequireTwoTokens(sequences.Select(sequence => (sequence.Split, sequence.Ids.Length)), tokenizer);
        return new TextCorpus(
            tokenizer,
            vocabulary,
            sequences,
            [.. files.SelectMany(split => split.Texts).Select(text => text.File)]);
    }

    private static List<(Split Split, IReadOnlyList<TextFile> Texts)> ReadFiles(DataOptions options, string dataRoot)
    {
        var format = (ITextFormat)FormatTable.Formats.Create(options.Format, new FormatContext(dataRoot, Seed: 0)); // text is not random
        var mistakes = new List<string>();
        var read = new List<(Split Split, IReadOnlyList<TextFile> Texts)>();
        foreach (var (split, entries) in new[] { (Split.Train, options.Train), (Split.Validation, options.Validation), (Split.Test, options.Test) })
        {
            if (entries.Count == 0 && split != Split.Train) continue;
            try
            {
                read.Add((split, format.Read(entries, split)));
            }
            catch (UserMistakeException mistake)
            {
                mistakes.AddRange(mistake.Lines);
            }
        }

        return mistakes.Count == 0 ? read : throw new UserMistakeException(mistakes);
    }

    private static int[] Scan(IReadOnlyList<TextFile> texts, ITokenizer tokenizer, SymbolTable table)
    {
        var numbers = new List<int>();
        foreach (var text in texts) table.Scan(tokenizer, text.Text, numbers);
        return [.. numbers];
    }

    private static int[] Beginning(int[] tokens, LimitOptions limit, Split split)
    {
        var most = limit.Most(split, tokens.Length);
        return most < tokens.Length ? tokens[..most] : tokens;
    }

    private static void RequireTwoTokens(IEnumerable<(Split Split, int Tokens)> splits, ITokenizer tokenizer)
    {
        var mistakes = splits
            .Where(split => split.Tokens < 2)
            .Select(split => $"{split.Split.Key()}: there are {split.Tokens} {tokenizer.Unit}s; at least 2 are needed, one to read and one to predict")
            .ToList();
        if (mistakes.Count > 0) throw new UserMistakeException(mistakes);
    }

    private static long[] Count(int[] tokens, int symbols)
    {
        var counts = new long[symbols];
        foreach (var token in tokens) counts[token]++;
        return counts;
    }
}
