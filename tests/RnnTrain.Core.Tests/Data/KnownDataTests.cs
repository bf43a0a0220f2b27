using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data;

/// <summary>Counts that the literature and other programs give for data sets everybody uses.</summary>
public sealed class KnownDataTests
{
    private static DataOptions Options(TokenOptions tokens, string train) => new()
    {
        Format = new PlainTextOptions(),
        Train = [train],
        Tokens = tokens,
        Batching = new StreamOptions { BatchSize = 20, Steps = 35 },
    };

    [Fact]
    public void WikiText_2_has_its_published_counts()
    {
        var options = Options(new WordOptions { EndOfLine = "<eos>" }, "wikitext-2/train.txt.gz") with
        {
            Validation = ["wikitext-2/valid.txt.gz"],
            Test = ["wikitext-2/test.txt.gz"],
        };
        var corpus = TextCorpus.Read(options, SharedData.RootWith("wikitext-2"));
        Assert.Equal([2_088_628, 217_646, 245_569], corpus.Sequences.Select(sequence => sequence.Ids.Length));
        Assert.Equal([0, 0, 0], corpus.Sequences.Select(sequence => sequence.UnknownTokens));
        Assert.Equal(33_278, corpus.Vocabulary.Size);
        Assert.Equal("<unk>", corpus.Vocabulary.Symbols[corpus.Vocabulary.UnknownId!.Value]);
        Assert.Equal(2_088_628, corpus.Vocabulary.Counts.Sum());
    }

    [Fact]
    public void Tiny_Shakespeare_has_its_published_counts()
    {
        var options = Options(new CharacterOptions(), "tiny-shakespeare/input.txt.gz") with { Split = new SplitOptions { Validation = 0.1 } };
        var corpus = TextCorpus.Read(options, SharedData.RootWith("tiny-shakespeare"));
        Assert.Equal([1_003_854, 111_540], corpus.Sequences.Select(sequence => sequence.Ids.Length));
        Assert.Equal(65, corpus.Vocabulary.Size);
        Assert.Equal([" ", "e", "t", "o"], corpus.Vocabulary.Symbols.Take(4));
    }
}
