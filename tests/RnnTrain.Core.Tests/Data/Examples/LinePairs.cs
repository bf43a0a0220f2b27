using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Examples;

/// <summary>Pairs of texts that a test writes down: `read | written` an entry of data.train, data.validation and data.test.</summary>
internal sealed class LinePairs : ITextExampleFormat
{
    /// <summary>A data block of such pairs, cut into words.</summary>
    public static DataOptions Data(params string[] train) => new()
    {
        Format = new PairOptions(),
        Train = train,
        Tokens = new WordOptions(),
        Batching = new RnnTrain.Data.Batching.ExampleOptions { BatchSize = 2 },
    };

    public IReadOnlyList<DataFile> Files(IReadOnlyList<string> entries, Split split) => [];

    public IEnumerable<TextExample> Read(IReadOnlyList<string> entries, Split split) =>
        entries.Select(entry => entry.Split(" | ")).Select(sides => new TextExample { Text = sides[0], Target = sides[1] });

    private sealed record PairOptions : FormatOptions
    {
        public override TargetKind? Targets => TargetKind.Sequence;
    }
}
