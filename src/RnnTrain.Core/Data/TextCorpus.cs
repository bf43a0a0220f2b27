using System.Runtime.InteropServices;
using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Formats;
using RnnTrain.Data.Storage;

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

    /// <summary>
    /// Reads all files, once and in blocks, and turns them into numbers. Every mistake in the files is reported at once. Neither text nor numbers
    /// need to fit in memory; the different symbols do.
    /// </summary>
    /// <param name="options">The `data` block of a configuration that the loader has accepted.</param>
    /// <param name="dataRoot">The folder at which relative paths start.</param>
    /// <param name="trained">The vocabulary of a trained model; null to make one from the training text.</param>
    /// <exception cref="UserMistakeException">The data is not what the configuration says, or nothing can be learned from it.</exception>
    public static TextCorpus Read(DataOptions options, string dataRoot, Vocabulary? trained = null)
    {
        var tokenizer = TokenTable.Create(options.Tokens ?? throw new ArgumentException("a text becomes numbers by data.tokens", nameof(options)));
        var format = (ITextFormat)FormatTable.Formats.Create(options.Format, new FormatContext(dataRoot, Seed: 0)); // text is not random
        var files = OfEachSplit(Entries(options), part => format.Read(part.Content, part.Split));
        var (table, room) = (new SymbolTable(), StorageRoom.Of(options.Storage));
        var whole = OfEachSplit(files, split => Scan(split.Content, tokenizer, table, room));
        (Split Split, TokenIds Tokens)[] splits =
        [
            .. HeldOut.Cut(whole[0].Content.Length, options.Split).Select(part => (part.Split, whole[0].Content.Slice(part.First, part.Count))),
            .. whole.Skip(1),
        ];
        splits = [.. splits.OrderBy(split => split.Split).Select(split => (split.Split, Beginning(split.Tokens, options.Limit, split.Split)))];
        if (splits[0].Tokens.Length == 0) RequireTwoTokens(splits.Select(split => (split.Split, 0L)), tokenizer);
        var vocabulary = trained ?? tokenizer.Learn(new SymbolCounts(table.Symbols, Count(splits[0].Tokens, table.Symbols.Count)));
        var ids = EncodedPieces.Of(table.Symbols, tokenizer, vocabulary);
        List<TokenSequence> sequences = [.. splits.Select(split => ids.Sequence(split.Split, split.Tokens, room))];
        RequireTwoTokens(sequences.Select(sequence => (sequence.Split, sequence.Ids.Length)), tokenizer);
        return new TextCorpus(
            tokenizer,
            vocabulary,
            sequences,
            [.. files.SelectMany(split => split.Content).Select(text => text.File)]);
    }

    private static List<(Split Split, IReadOnlyList<string> Content)> Entries(DataOptions options)
    {
        List<(Split Split, IReadOnlyList<string> Content)> all = [(Split.Train, options.Train), (Split.Validation, options.Validation), (Split.Test, options.Test)];
        return [.. all.Where(part => part.Content.Count > 0 || part.Split == Split.Train)];
    }

    /// <summary>What is made of each split, or the mistakes in all of them.</summary>
    private static List<(Split Split, TOut Content)> OfEachSplit<TIn, TOut>(List<(Split Split, TIn Content)> splits, Func<(Split Split, TIn Content), TOut> make)
    {
        var made = new List<(Split Split, TOut Content)>();
        var mistakes = new List<string>();
        foreach (var split in splits)
        {
            try
            {
                made.Add((split.Split, make(split)));
            }
            catch (UserMistakeException mistake)
            {
                mistakes.AddRange(mistake.Lines);
            }
        }

        return mistakes.Count == 0 ? made : throw new UserMistakeException(mistakes);
    }

    private static TokenIds Scan(IReadOnlyList<TextFile> files, ITokenizer tokenizer, SymbolTable table, StorageRoom room)
    {
        var numbers = new NumberStore(room);
        var ofBlock = new List<int>();
        var mistakes = new List<string>();
        foreach (var file in files)
        {
            try
            {
                foreach (var block in file.Blocks())
                {
                    ofBlock.Clear();
                    table.Scan(tokenizer, block.Text, ofBlock, block.IsLast);
                    numbers.Add(CollectionsMarshal.AsSpan(ofBlock));
                }
            }
            catch (UserMistakeException mistake)
            {
                mistakes.AddRange(mistake.Lines);
            }
        }

        return mistakes.Count == 0 ? new TokenIds(numbers, 0, numbers.Count) : throw new UserMistakeException(mistakes);
    }

    private static TokenIds Beginning(TokenIds tokens, LimitOptions limit, Split split) => tokens.Slice(0, limit.Most(split, tokens.Length));

    private static void RequireTwoTokens(IEnumerable<(Split Split, long Tokens)> splits, ITokenizer tokenizer)
    {
        var mistakes = splits
            .Where(split => split.Tokens < 2)
            .Select(split => $"{split.Split.Key()}: there are {split.Tokens} {tokenizer.Unit}s; at least 2 are needed, one to read and one to predict")
            .ToList();
        if (mistakes.Count > 0) throw new UserMistakeException(mistakes);
    }

    private static long[] Count(TokenIds tokens, int symbols)
    {
        var counts = new long[symbols];
        foreach (var token in tokens) counts[token]++;
        return counts;
    }
}
