using RnnTrain.Configuration;
using RnnTrain.Data.Storage;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Data.Storage;

public sealed class NumberStoreTests
{
    private const int ChunkLength = 64;

    /// <summary>Everything in memory, some chunks, and nothing but the last chunk.</summary>
    public static TheoryData<long> Rooms => [long.MaxValue, 3 * ChunkLength, 0];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Numbers_of_any_width_come_back_from_wherever_they_are(long room)
    {
        var (store, numbers) = Filled(room, count: 1000);
        Assert.Equal(room < numbers.Length, store.IsOnDisk);
        Assert.Equal(numbers.Length, store.Count);
        var random = PortableRandom.For(1, "places");
        int[] buffer = [];
        for (var i = 0; i < 500; i++)
        {
            var first = (int)random.NextBelow(numbers.Length);
            var count = (int)random.NextBelow(Math.Min(300, numbers.Length - first + 1));
            Assert.Equal(numbers[first..(first + count)], store.Read(first, count, ref buffer).ToArray());
            Assert.Equal(numbers[first], store[first]);
        }
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Numbers_are_rewritten_where_they_stand_wider_or_narrower(long room)
    {
        var (store, numbers) = Filled(room, count: 1000);
        foreach (var (first, count, factor) in new[] { (10, 900, 1000), (100, 200, 0), (0, 1000, 1), (999, 1, 7), (5, 0, 9) })
        {
            store.Rewrite(first, count, span =>
            {
                for (var i = 0; i < span.Length; i++) span[i] = unchecked(span[i] * factor);
            });
            for (var place = first; place < first + count; place++) numbers[place] = unchecked(numbers[place] * factor);
            int[] buffer = [];
            Assert.Equal(numbers, store.Read(0, numbers.Length, ref buffer).ToArray());
        }
    }

    [Fact]
    public void Stores_share_the_room_and_what_stands_in_memory_is_not_copied()
    {
        var room = new StorageRoom(2 * ChunkLength, ChunkLength);
        var (one, other) = (new NumberStore(room), new NumberStore(room));
        one.Add(new int[2 * ChunkLength + 1]);
        Assert.False(one.IsOnDisk);
        other.Add(new int[ChunkLength + 1]);
        Assert.True(other.IsOnDisk);
        int[] buffer = [];
        one.Read(3, 20, ref buffer);
        Assert.Empty(buffer);
        other.Read(3, 20, ref buffer);
        Assert.Equal(20, buffer.Length);
    }

    [Fact]
    public void Places_outside_are_refused()
    {
        var store = Filled(room: 0, count: 10).Store;
        int[] buffer = [];
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Read(0, 11, ref buffer));
        Assert.Throws<ArgumentOutOfRangeException>(() => store[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => store[10]);
    }

    [Fact]
    public void Its_file_has_no_name_so_that_it_goes_with_the_process()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows deletes the file when it is closed");
        var store = Filled(room: 0, count: 1000).Store;
        Assert.True(store.IsOnDisk);
        Assert.Empty(Directory.GetFiles(TemporaryFile.Folder, $"rnn-{Environment.ProcessId}-*"));
    }

    [Fact]
    public void A_full_disk_is_told_in_one_line()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("no /dev/full");
        var file = TemporaryFile.Over(File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite));
        var line = TextFolder.MistakeOf(() => file.Write<int>(0, new int[100]));
        Assert.StartsWith("data.storage: the data does not fit in memory, and the temporary file in its folder cannot be written: No space left on device", line);
        Assert.EndsWith("name a folder with more room by the environment variable TMPDIR, or use less data (data.limit)", line);
    }

    [Fact]
    public void A_folder_that_takes_no_file_is_told_in_one_line() =>
        Assert.StartsWith("data.storage: ", TextFolder.MistakeOf(() => TemporaryFile.Create("/no/such/folder")));

    [Fact]
    public void Automatic_storage_begins_in_memory_and_disk_does_not()
    {
        Assert.True(StorageRoom.Of(DataStorage.Auto).TakesChunk());
        Assert.True(StorageRoom.Of(DataStorage.Memory).TakesChunk());
        Assert.False(StorageRoom.Of(DataStorage.Disk).TakesChunk());
    }

    /// <summary>Stretches of numbers of one, two and four bytes and below 0, so that chunks have different widths.</summary>
    private static (NumberStore Store, int[] Numbers) Filled(long room, int count)
    {
        var random = PortableRandom.For(2, "numbers");
        var numbers = new int[count];
        for (var i = 0; i < count; i++) numbers[i] = (int)random.NextBelow((i / 100 % 4) switch { 0 => 256, 1 => 65_536, 2 => int.MaxValue, _ => 200 }) - (i % 700 == 650 ? 300 : 0);
        var store = new NumberStore(new StorageRoom(room, ChunkLength));
        for (var i = 0; i < count;)
        {
            var part = (int)Math.Min(count - i, random.NextBelow(150));
            if (part == 1) store.Add(numbers[i]);
            else store.Add(numbers.AsSpan(i, part));
            i += part;
        }

        return (store, numbers);
    }
}
