using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;

namespace RnnTrain.Data;

/// <summary>Tokens of byte-pair encoding that were learned from text files.</summary>
/// <param name="Vocabulary">With its merges.</param>
/// <param name="Lines">How many lines the files have.</param>
/// <param name="Bytes">How many bytes of UTF-8 their text has, line feeds included.</param>
/// <param name="Pieces">How many different words, numbers and runs of signs.</param>
/// <param name="Example">The first line with a word in it.</param>
public sealed record LearnedTokens(Vocabulary Vocabulary, long Lines, long Bytes, int Pieces, string Example)
{
    /// <summary>Tokens of the files.</summary>
    public long Tokens => Vocabulary.Counts.Sum();

    /// <summary>Tokens of the vocabulary that the files have.</summary>
    public int Used => Vocabulary.Counts.Count(count => count > 0);

    /// <summary>Learns from files line by line, and holds no more than their different pieces.</summary>
    /// <param name="options">How much is learned.</param>
    /// <param name="entries">Paths and globs below the data root.</param>
    /// <param name="dataRoot">The folder at which relative paths start.</param>
    /// <exception cref="UserMistakeException">A file is missing or is not UTF-8 text, or there is nothing to learn from.</exception>
    public static LearnedTokens Of(BytePairOptions options, IReadOnlyList<string> entries, string dataRoot)
    {
        const string key = "files";
        var counting = new SymbolCounting(new BytePairTokenizer(options));
        var (lines, bytes, example) = (0L, 0L, "");
        foreach (var line in new DataPaths(dataRoot).Resolve(entries, key).SelectMany(path => TextLines.Read(path, key)))
        {
            if (example.Length == 0 && !string.IsNullOrWhiteSpace(line.Text)) example = line.Text;
            counting.Add(line.Text + "\n");
            lines++;
            bytes += System.Text.Encoding.UTF8.GetByteCount(line.Text) + 1;
        }

        if (example.Length == 0) throw new UserMistakeException($"{key}: there is no text in these files");
        return new LearnedTokens(counting.Learn(), lines, bytes, counting.Different, example);
    }

    /// <summary>The tokens of a line, each as people read it.</summary>
    public IEnumerable<string> Cut(string line)
    {
        var tokenizer = new BytePairTokenizer(new BytePairOptions { LowerCase = Vocabulary.Merges!.IsLowerCase });
        return new TextEncoder(tokenizer, Vocabulary).Encode(line).Select(id => tokenizer.Show(Vocabulary.Symbols[id]));
    }
}
