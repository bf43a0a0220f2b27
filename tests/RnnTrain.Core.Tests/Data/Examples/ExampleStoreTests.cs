using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Storage;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Data.Examples;

public sealed class ExampleStoreTests
{
    /// <summary>Everything in memory, some of it, and nothing but the ends.</summary>
    public static TheoryData<long> Rooms => [long.MaxValue, 4096, 0];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Examples_come_back_as_they_were_put_in(long room)
    {
        var (store, examples) = Filled(room);
        Assert.Equal(examples.Length, store.Count);
        Assert.Equal(examples.Sum(example => (long)example.Length), store.Tokens);
        for (var index = examples.Length - 1; index >= 0; index--)
        {
            var (expected, actual) = (examples[index], store.Make(1, index));
            Assert.Equal(expected.Length, actual.Length);
            Assert.Equal(expected.Tokens, actual.Tokens);
            Assert.Equal(expected.Classes, actual.Classes);
            Assert.Equal(expected.Target, actual.Target);
            Assert.Equal(expected.Characters, actual.Characters);
            Assert.Equal(new ExampleLength(expected.Length, expected.Target.Length), store.LengthOf(1, index));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => store.Make(1, examples.Length));
    }

    [Fact]
    public void Lengths_beyond_two_bytes_are_exact()
    {
        var store = new ExampleStore(new StorageRoom(0, 256), "word");
        foreach (var (read, written) in new[] { (65_534, 3), (65_535, 3), (65_536, 70_000), (2, 65_535) })
        {
            store.Add(new Example { Length = read, Tokens = new int[read], Target = new int[written] });
            Assert.Equal(new ExampleLength(read, written), store.LengthOf(1, store.Count - 1));
        }
    }

    [Fact]
    public void Batches_on_disk_are_those_in_memory()
    {
        var shape = new ExampleShape(300, 0, TargetKind.Sequence, 300) { Characters = 70_000 };
        ExampleBatches Of(long room) => new(Filled(room).Store, shape, new BatchRule { BatchTokens = 500, Bucketing = 10, ShuffleSeed = 1 });
        var (memory, disk) = (Of(long.MaxValue), Of(0));
        Assert.Equal(memory.CountIn(3), disk.CountIn(3));
        for (var index = 0; index < memory.CountIn(3); index++)
        {
            var (expected, actual) = (memory.Batch(3, index), disk.Batch(3, index));
            Assert.Equal(expected.Numbers, actual.Numbers);
            Assert.Equal(expected.Tokens, actual.Tokens);
            Assert.Equal(expected.Target!.Tokens, actual.Target!.Tokens);
            Assert.Equal(expected.Words!.Letters.Tokens, actual.Words!.Letters.Tokens);
            Assert.Equal(expected.Words.Places, actual.Words.Places);
        }
    }

    [Theory]
    [InlineData(DataStorage.Memory)]
    [InlineData(DataStorage.Disk)]
    public void Data_that_was_read_is_the_same_wherever_it_is(DataStorage storage)
    {
        var lines = Enumerable.Range(0, 300_000).Select(i => $"w{i % 97} w{i % 89} w{i % 83} | t{i % 7} t{i % 11}").ToArray(); // over a chunk of numbers
        var data = TextExampleReader.Read(LinePairs.Data(lines) with { Storage = storage }, new LinePairs(), trained: null);
        Assert.Equal(storage == DataStorage.Disk, data.Train.Description.EndsWith(", in a temporary file", StringComparison.Ordinal));
        for (var index = 0; index < lines.Length; index += 997)
        {
            var example = data.Train.Make(1, index);
            Assert.Equal([$"w{index % 97}", $"w{index % 89}", $"w{index % 83}"], example.Tokens.Select(id => data.Lexicon!.Tokens!.Symbols[id]));
            Assert.Equal([$"t{index % 7}", $"t{index % 11}"], example.Target.Select(id => data.Lexicon!.Written!.Symbols[id]));
        }
    }

    [Fact]
    public void Real_numbers_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ExampleStore(new StorageRoom(0), "word").Add(new Example { Length = 1, Features = [1f] }));

    private static (ExampleStore Store, Example[] Examples) Filled(long room)
    {
        var random = PortableRandom.For(1, "examples");
        int[] Draw(int most, int below) => [.. Enumerable.Range(0, (int)random.NextBelow(most + 1)).Select(_ => (int)random.NextBelow(below))];
        var examples = Enumerable.Range(0, 500).Select(number =>
        {
            var tokens = Draw(40, 300).Append(7).ToArray();
            return new Example
            {
                Length = tokens.Length,
                Tokens = tokens,
                Classes = number % 5 == 0 ? [-100, 3] : Draw(3, 9),
                Target = Draw(20, 300),
                Characters = [.. tokens.Select(_ => Draw(6, 70_000))],
            };
        }).ToArray();
        var store = new ExampleStore(new StorageRoom(room, chunkLength: 512), "word");
        foreach (var example in examples) store.Add(example);
        return (store, examples);
    }
}
