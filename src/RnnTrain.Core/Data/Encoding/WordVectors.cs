using System.Globalization;
using RnnTrain.Configuration;
using RnnTrain.Data.Formats;

namespace RnnTrain.Data.Encoding;

/// <summary>
/// Pre-trained vectors of the words of a vocabulary, from a text file as word2vec, GloVe and fastText write them. Of several lines of one word
/// the first counts. A word that the file lacks gets the vector of its lower case, where there is one.
/// </summary>
public sealed class WordVectors
{
    private const string Key = "model.vectors.file";
    private const int MostNamed = 10;

    private readonly Vocabulary vocabulary;
    private readonly string shown;
    private readonly Dictionary<int, float[]> own = [];
    private readonly Dictionary<int, float[]> lower = []; // of tokens whose lower case has a vector
    private readonly Dictionary<string, List<int>> byLowerCase = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>>.AlternateLookup<ReadOnlySpan<char>> lookup;

    private WordVectors(Vocabulary vocabulary, string shown)
    {
        (this.vocabulary, this.shown) = (vocabulary, shown);
        for (var token = 0; token < vocabulary.Size; token++)
        {
            var symbol = vocabulary.Symbols[token];
            var small = symbol.ToLowerInvariant();
            if (small == symbol) continue;
            if (!byLowerCase.TryGetValue(small, out var tokens)) byLowerCase.Add(small, tokens = []);
            tokens.Add(token);
        }

        lookup = byLowerCase.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The vectors that were found, by the ids of the tokens in rising order.</summary>
    public IReadOnlyDictionary<int, float[]> OfTokens { get; private set; } = new Dictionary<int, float[]>();

    /// <summary>Reads what a vocabulary needs of a file; holds nothing else of it.</summary>
    /// <param name="file">A path below the data root.</param>
    /// <param name="dataRoot">The folder at which relative paths start.</param>
    /// <param name="vocabulary">The words.</param>
    /// <param name="features">Numbers of each vector: those of the embedding.</param>
    /// <exception cref="UserMistakeException">There is no such file, a line is not a word with so many numbers, or no word is in it.</exception>
    public static WordVectors Read(string file, string dataRoot, Vocabulary vocabulary, int features)
    {
        var paths = new DataPaths(dataRoot).Resolve([file], Key);
        if (paths.Count > 1) throw new UserMistakeException($"{Key}: '{file}' matches {paths.Count} files; name one");
        using var bytes = new UnpackedFile(paths[0], Key);
        return Read(bytes, paths[0].Shown, vocabulary, features);
    }

    /// <inheritdoc cref="Read(string, string, Vocabulary, int)"/>
    /// <param name="bytes">The file.</param>
    /// <param name="shown">What messages call it.</param>
    /// <param name="vocabulary">The words.</param>
    /// <param name="features">Numbers of each vector.</param>
    public static WordVectors Read(Stream bytes, string shown, Vocabulary vocabulary, int features)
    {
        var vectors = new WordVectors(vocabulary, shown);
        var lines = new VectorLines(bytes, $"{Key}: {shown}", features);
        while (lines.TryNext(out var word)) vectors.Take(word, lines);
        vectors.OfTokens = vectors.lower.Concat(vectors.own).GroupBy(pair => pair.Key).OrderBy(token => token.Key)
            .ToDictionary(token => token.Key, token => token.Last().Value); // its own counts where it has one
        if (vectors.OfTokens.Count > 0) return vectors;
        throw new UserMistakeException($"{Key}: {shown} has none of the {vocabulary.Size} words of the vocabulary; is it of another language?");
    }

    /// <summary>One line for people: how many words have a vector, and which have none.</summary>
    public string Summary
    {
        get
        {
            int[] missing = [.. Enumerable.Range(0, vocabulary.Size).Where(token => !OfTokens.ContainsKey(token))];
            var share = 100 * (1 - missing.Sum(token => (double)vocabulary.Counts[token]) / Math.Max(1, vocabulary.Counts.Sum()));
            var small = OfTokens.Keys.Count(token => !own.ContainsKey(token));
            var bySmall = small > 0 ? string.Create(CultureInfo.InvariantCulture, $", {small:N0} of them by their lower case") : "";
            var named = string.Join(", ", missing.Take(MostNamed).Select(token => vocabulary.Symbols[token])) + (missing.Length > MostNamed ? ", …" : "");
            var lacking = missing.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {missing.Length:N0} have none: {named}") : "";
            return string.Create(
                CultureInfo.InvariantCulture, $"vectors of {shown}: for {OfTokens.Count:N0} of {vocabulary.Size:N0} words, {share:F1} % of the training text{bySmall}{lacking}");
        }
    }

    private void Take(ReadOnlySpan<char> word, VectorLines lines)
    {
        if (vocabulary.TryGetId(word, out var id) && !own.ContainsKey(id)) own.Add(id, lines.Numbers());
        if (!lookup.TryGetValue(word, out var tokens) || lower.ContainsKey(tokens[0])) return;
        var numbers = lines.Numbers(); // [features]
        foreach (var token in tokens) lower.Add(token, numbers);
    }
}
