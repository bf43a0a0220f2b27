using System.Text;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Data;

/// <summary>A text of several blocks and chunks, on disk and in memory.</summary>
public sealed class LargeCorpusTests : IDisposable
{
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<TokenOptions> Tokens => [new WordOptions { EndOfLine = "<eos>", MaximumSize = 300 }, new CharacterOptions(), new BytePairOptions { Merges = 50 }];

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Batches_on_disk_are_those_in_memory(TokenOptions tokens)
    {
        folder.With("train.txt", Text(characters: 3_500_000));
        TextCorpus Corpus(DataStorage storage) => folder.Corpus(
            tokens, data => data with { Storage = storage, Split = new SplitOptions { Validation = 0.1 }, Limit = new LimitOptions { Validation = 5000 } });
        var (memory, disk) = (Corpus(DataStorage.Memory), Corpus(DataStorage.Disk));
        Assert.Equal(memory.Describe(), disk.Describe());
        Assert.Equal(memory.Vocabulary.Symbols, disk.Vocabulary.Symbols);
        Assert.Equal(memory.Vocabulary.Counts, disk.Vocabulary.Counts);
        foreach (var split in new[] { Split.Train, Split.Validation })
        {
            TokenStream Stream(TextCorpus corpus) => new(corpus.Find(split)!, batchSize: 7, steps: 999, scoreEveryToken: split != Split.Train);
            var (expected, actual) = (Stream(memory), Stream(disk));
            Assert.Equal(expected.Windows, actual.Windows);
            for (var index = 0; index < expected.Windows; index += 3)
            {
                Assert.Equal(expected.Batch(index).Inputs, actual.Batch(index).Inputs);
                Assert.Equal(expected.Batch(index).Targets, actual.Batch(index).Targets);
            }
        }
    }

    [Fact]
    public void Blocks_make_the_tokens_of_the_whole_text()
    {
        var text = Text(characters: 2_500_000);
        var corpus = folder.With("train.txt", text).Corpus(new WordOptions { EndOfLine = "<eos>" });
        var expected = text.Split('\n').SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append("<eos>")); // the text does not end in a line feed
        Assert.Equal(expected, corpus.Train.Ids.Select(id => corpus.Vocabulary.Symbols[id]));
    }

    private static string Text(int characters)
    {
        var (random, text) = (PortableRandom.For(1, "text"), new StringBuilder());
        while (text.Length < characters) text.Append(random.NextBelow(900) * random.NextBelow(900) / 900).Append(random.NextBelow(15) == 0 ? '\n' : ' ');
        return text.Append("end").ToString();
    }
}
