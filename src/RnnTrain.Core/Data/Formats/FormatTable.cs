using RnnTrain.Configuration;

namespace RnnTrain.Data.Formats;

/// <summary>What a format is made from besides its options.</summary>
/// <param name="DataRoot">The folder at which relative paths start.</param>
/// <param name="Seed">The seed of the experiment.</param>
public readonly record struct FormatContext(string DataRoot, long Seed);

/// <summary>Every data format.</summary>
public static class FormatTable
{
    public static Registry<FormatOptions, FormatContext, IDataFormat> Formats { get; } = new("formats")
    {
        { "plain_text", (PlainTextOptions _, FormatContext c) => new PlainTextFormat(c) },
        { "synthetic", (SyntheticOptions o, FormatContext c) => new SyntheticFormat(o, c) },
        { "idx", (IdxOptions o, FormatContext c) => new IdxFormat(o, c) },
    };
}
