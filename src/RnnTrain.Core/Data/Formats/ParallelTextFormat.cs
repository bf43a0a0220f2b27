using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>Options of <see cref="ParallelTextFormat"/>.</summary>
[Describe("Pairs of texts in two files, line by line, plain or compressed with gzip. {side} in a path stands for the part of its name in which the two files differ: train.{side}.gz with source: en and target: de. Prompts and replies are such pairs.")]
public sealed record ParallelTextOptions : FormatOptions
{
    /// <summary>What paths write for either side.</summary>
    public const string Side = "{side}";

    [Describe("What {side} is in the names of the files that are read.")]
    public required string Source { get; init; }

    [Describe("What {side} is in the names of the files whose text is written.")]
    public required string Target { get; init; }

    [Describe("What becomes of a pair with an empty side.")]
    public EmptyText Empty { get; init; } = EmptyText.Skip;

    public override TargetKind? Targets => TargetKind.Sequence;

    public override IEnumerable<ConfigMistake> Check(DataOptions data)
    {
        if (Source == Target)
            yield return new ConfigMistake("data.format.target", $"both sides are '{Source}', so a text would be its own answer; name the other side");
        foreach (var (split, entries) in new[] { (Split.Train, data.Train), (Split.Validation, data.Validation), (Split.Test, data.Test) })
        {
            if (entries.FirstOrDefault(entry => !entry.Contains(Side, StringComparison.Ordinal)) is { } one)
                yield return new ConfigMistake(split.Key(), $"'{one}' names one file, and pairs stand in two; write {Side} where their names differ, as in train.{Side}.gz");
        }
    }
}

/// <summary>Pairs of texts in two files with as many lines.</summary>
public sealed class ParallelTextFormat(ParallelTextOptions options, FormatContext context) : ITextExampleFormat
{
    private readonly DataPaths paths = new(context.DataRoot);
    private readonly Omissions omissions = new(options.Empty, "pair");

    public IReadOnlyList<string> Remarks => omissions.Remarks;

    public IReadOnlyList<DataFile> Files(IReadOnlyList<string> entries, Split split) =>
        [.. paths.Hashed(Of(options.Source, entries), split), .. paths.Hashed(Of(options.Target, entries), split)];

    public IEnumerable<TextExample> Read(IReadOnlyList<string> entries, Split split) => omissions.WithText(ReadAll(entries, split.Key()), split);

    private static string[] Of(string side, IReadOnlyList<string> entries) =>
        [.. entries.Select(entry => entry.Replace(ParallelTextOptions.Side, side, StringComparison.Ordinal))];

    private IEnumerable<TextExample> ReadAll(IReadOnlyList<string> entries, string key)
    {
        var sources = paths.Resolve(Of(options.Source, entries), key);
        var targets = paths.Resolve(Of(options.Target, entries), key);
        if (sources.Count != targets.Count)
        {
            throw new UserMistakeException(
                $"{key}: {Shown.Count(sources.Count, "file")} for {options.Source} and {Shown.Count(targets.Count, "file")} for {options.Target}; each file needs its other side");
        }

        return sources.Zip(targets).SelectMany(pair => Pairs(pair.First, pair.Second, key));
    }

    private static IEnumerable<TextExample> Pairs(DataPath source, DataPath target, string key)
    {
        using var read = TextLines.Read(source, key).GetEnumerator();
        using var written = TextLines.Read(target, key).GetEnumerator();
        var pairs = 0L;
        while (true)
        {
            var (hasSource, hasTarget) = (read.MoveNext(), written.MoveNext());
            if (hasSource != hasTarget) throw Unequal(hasSource ? (source, read) : (target, written), hasSource ? target : source, pairs, key);
            if (!hasSource) yield break;
            pairs++;
            yield return new TextExample { Place = read.Current.Place, Text = read.Current.Text, Target = written.Current.Text };
        }
    }

    private static UserMistakeException Unequal((DataPath Path, IEnumerator<TextLine> Lines) longer, DataPath shorter, long pairs, string key)
    {
        var first = longer.Lines.Current;
        var count = pairs + 1;
        while (longer.Lines.MoveNext()) count++;
        return new UserMistakeException(FormattableString.Invariant(
            $"{key}: {longer.Path.Shown} has {count:N0} lines and {shorter.Shown} {pairs:N0}; the first without its other side is {first.Place}, {Shown.Text(first.Text)}; ")
            + "make line n of either file the other side of line n");
    }
}
