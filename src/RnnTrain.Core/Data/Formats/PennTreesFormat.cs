using System.Collections.Concurrent;
using System.Security.Cryptography;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>Options of <see cref="PennTreesFormat"/>.</summary>
[Describe("Sentences as trees whose phrases are rated from 0 (very negative) to 4 (very positive), one tree a line in the Penn Treebank's brackets, as the Stanford Sentiment Treebank has them, plain or compressed with gzip.")]
public sealed record PennTreesOptions : FormatOptions
{
    [Describe("Which classes the ratings are.")]
    public SentimentClasses Classes { get; init; } = SentimentClasses.Binary;

    [Describe("Train on every different phrase of the training trees, whole sentences and single words among them, instead of on whole sentences alone; validation and test are whole sentences in either case.")]
    public bool Phrases { get; init; }

    public override TargetKind? Targets => TargetKind.ClassAtEnd;

    public override IEnumerable<ConfigMistake> Check(DataOptions data)
    {
        if (Phrases && data.Split != new SplitOptions())
        {
            yield return new ConfigMistake(
                "data.split", "phrases of one sentence would be learned and held out at once; name files in data.validation and data.test, or set data.format.phrases to false");
        }
    }
}

/// <summary>Classes that ratings from 0 to 4 become.</summary>
public enum SentimentClasses
{
    [Describe("negative (0 and 1) and positive (3 and 4); what is neutral (2) is left out.")]
    Binary,

    [Describe("very_negative, negative, neutral, positive and very_positive.")]
    Fine,
}

/// <summary>
/// Rated sentences of a treebank (Socher et al., "Recursive deep models for semantic compositionality over a sentiment treebank", 2013). The text of an
/// example is its words with spaces between them.
/// </summary>
public sealed class PennTreesFormat(PennTreesOptions options, FormatContext context) : ITextExampleFormat
{
    private static readonly string[] Fine = ["very_negative", "negative", "neutral", "positive", "very_positive"];
    private static readonly string?[] Binary = ["negative", "negative", null, "positive", "positive"];
    private readonly DataPaths paths = new(context.DataRoot);
    private readonly ConcurrentDictionary<Split, (long Trees, long Examples)> passes = [];

    public IReadOnlyList<string> Remarks => [.. passes.OrderBy(pass => pass.Key).Select(pass => Remark(pass.Key, pass.Value))];

    public IReadOnlyList<DataFile> Files(IReadOnlyList<string> entries, Split split) => paths.Hashed(entries, split);

    public IEnumerable<TextExample> Read(IReadOnlyList<string> entries, Split split)
    {
        var seen = new HashSet<UInt128>();
        var (trees, examples) = (0L, 0L);
        try
        {
            foreach (var (place, tree) in Trees(entries, split.Key()))
            {
                trees++;
                foreach (var phrase in TakesPhrases(split) ? tree.Phrases : [tree.Phrases[^1]])
                {
                    if (ClassOf(phrase, $"{split.Key()}: {place}") is not { } label) continue;
                    var text = tree.Text(phrase);
                    if (TakesPhrases(split) && !seen.Add(Fingerprint($"{label} {text}"))) continue;
                    examples++;
                    yield return new TextExample { Place = place, Text = text, Labels = [label] };
                }
            }
        }
        finally
        {
            passes.AddOrUpdate(split, (trees, examples), (_, before) => trees > before.Trees ? (trees, examples) : before);
        }
    }

    private bool TakesPhrases(Split split) => options.Phrases && split == Split.Train;

    private IEnumerable<(TextPlace Place, PennTree Tree)> Trees(IReadOnlyList<string> entries, string key)
    {
        foreach (var path in paths.Resolve(entries, key))
        {
            foreach (var line in TextLines.Read(path, key))
            {
                if (!string.IsNullOrWhiteSpace(line.Text)) yield return (line.Place, PennTree.Parse(line.Text, $"{key}: {line.Place}"));
            }
        }
    }

    private string? ClassOf(TreePhrase phrase, string where)
    {
        if (phrase.Label is not [>= '0' and <= '4' and var rating])
            throw new UserMistakeException($"{where}: a phrase is labelled '{phrase.Label}'; this format reads ratings from 0 to 4");
        return (options.Classes == SentimentClasses.Fine ? Fine : Binary)[rating - '0'];
    }

    // 128 bits tell texts apart and need not be kept as texts.
    private static UInt128 Fingerprint(string text) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private string Remark(Split split, (long Trees, long Examples) pass) =>
        $"{split.Key()}: {Shown.Count(pass.Trees, "tree")}, {Shown.Count(pass.Examples, TakesPhrases(split) ? "different phrase" : "sentence")}"
        + (options.Classes == SentimentClasses.Binary ? ", what is neutral left out" : "");
}
