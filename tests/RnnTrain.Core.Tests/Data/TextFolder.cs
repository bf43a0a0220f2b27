using System.IO.Compression;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data;

/// <summary>A data root of small files that is deleted with everything in it.</summary>
public sealed class TextFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("rnn-data-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public TextFolder With(string path, string text) => With(path, System.Text.Encoding.UTF8.GetBytes(text));

    public TextFolder With(string path, byte[] bytes)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return this;
    }

    public static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    /// <summary>The texts that the entries of data.train stand for.</summary>
    public IReadOnlyList<TextFile> Read(params string[] entries) =>
        new PlainTextFormat(new FormatContext(Root, Seed: 1)).Read(entries, Split.Train);

    public TextCorpus Corpus(TokenOptions tokens, Func<DataOptions, DataOptions>? change = null, Vocabulary? trained = null)
    {
        var options = new DataOptions
        {
            Format = new PlainTextOptions(),
            Train = ["train.txt"],
            Tokens = tokens,
            Batching = new StreamOptions { BatchSize = 1, Steps = 1 },
        };
        return TextCorpus.Read(change?.Invoke(options) ?? options, Root, trained);
    }

    /// <summary>A format of separate texts that reads from here.</summary>
    public ITextExampleFormat Format(FormatOptions options) =>
        (ITextExampleFormat)FormatTable.Formats.Create(options, new FormatContext(Root, Seed: 1));

    /// <summary>What a format makes of entries of data.train.</summary>
    public IReadOnlyList<TextExample> Examples(FormatOptions options, params string[] entries) => [.. Format(options).Read(entries, Split.Train)];

    /// <summary>The one line of the mistake that a format finds in entries of data.train.</summary>
    public string ExamplesMistake(FormatOptions options, params string[] entries) => MistakeOf(() => Examples(options, entries));

    /// <summary>What a format refuses in the configuration, as `key: what`.</summary>
    public static IEnumerable<string> Refused(FormatOptions options, params string[] train) => options
        .Check(new DataOptions { Format = options, Train = train, Batching = new ExampleOptions { BatchSize = 1 } })
        .Select(mistake => $"{mistake.Path}: {mistake.What}");

    /// <summary>The one line of the mistake that reading makes.</summary>
    public static string MistakeOf(Action action) => Assert.Single(Assert.Throws<UserMistakeException>(action).Lines);
}
