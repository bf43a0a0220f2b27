using RnnTrain.Configuration;

namespace RnnTrain.Data.Formats;

/// <summary>What a format is made from besides its options.</summary>
/// <param name="DataRoot">The folder at which relative paths start.</param>
public readonly record struct FormatContext(string DataRoot);

/// <summary>Every data format.</summary>
public static class FormatTable
{
    public static Registry<FormatOptions, FormatContext, ITextFormat> Formats { get; } = new("formats")
    {
        { "plain_text", (PlainTextOptions _, FormatContext c) => new PlainTextFormat(c) },
    };
}
