using System.Buffers.Binary;
using System.IO.Compression;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Formats;

public sealed class IdxFormatTests : IDisposable
{
    private readonly TextFolder folder = new();

    public IdxFormatTests()
    {
        // five images of 2 × 3 pixels; pixel p of image i is 10 · i + p
        folder.With("images", Images(5, 2, 3)).With("labels", Labels(0, 1, 2, 1, 0));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Row_after_row_is_read_as_the_bytes_stand_divided_by_255()
    {
        var data = Read(new IdxOptions());
        Assert.Equal(new ExampleShape(0, 3, TargetKind.ClassAtEnd, 3), data.Shape);
        var example = data.Train.Make(1, 4);
        Assert.Equal(2, example.Length);
        Assert.Equal([40 / 255f, 41 / 255f, 42 / 255f, 43 / 255f, 44 / 255f, 45 / 255f], example.Features);
        Assert.Equal([0], example.Classes);
        Assert.Equal(["images", "labels"], data.Files.Select(file => file.Path));
        Assert.All(data.Files, file => Assert.Equal(64, file.Sha256.Length));
    }

    [Fact]
    public void Pixel_after_pixel_has_one_number_a_step()
    {
        var data = Read(new IdxOptions { Step = ImageStep.Pixel });
        Assert.Equal(1, data.Shape.Features);
        var example = data.Train.Make(1, 1);
        Assert.Equal(6, example.Length);
        Assert.Equal([10 / 255f, 11 / 255f, 12 / 255f, 13 / 255f, 14 / 255f, 15 / 255f], example.Features);
    }

    [Fact]
    public void Permuted_pixels_have_one_order_for_all_images_that_depends_on_its_own_seed_alone()
    {
        folder.With("images", Images(5, 5, 5));
        var options = new IdxOptions { Step = ImageStep.Pixel, Permuted = true };
        var order = Order(options, 0);
        Assert.Equal(Enumerable.Range(0, 25), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 25), order);
        Assert.Equal(order, Order(options, 3));
        Assert.Equal(order, Order(options with { PermutationSeed = 1 }, 0));
        Assert.NotEqual(order, Order(options with { PermutationSeed = 2 }, 0));
        Assert.Equal(order, Order(options, 0, seed: 9));
    }

    [Fact]
    public void Files_may_be_packed_and_stand_in_either_order()
    {
        folder.With("images.gz", Packed(Images(5, 2, 3))).With("labels.gz", Packed(Labels(0, 1, 2, 1, 0)));
        var (plain, packed) = (Read(new IdxOptions()), Read(new IdxOptions(), ["labels.gz", "images.gz"]));
        Assert.Equal(plain.Train.Make(1, 2).Features, packed.Train.Make(1, 2).Features);
        Assert.Equal(plain.Train.Make(1, 2).Classes, packed.Train.Make(1, 2).Classes);
    }

    [Fact]
    public void Validation_and_test_are_held_out_from_the_end_or_have_files_of_their_own()
    {
        folder.With("test-images", Images(2, 2, 3)).With("test-labels", Labels(2, 2));
        var data = Read(new IdxOptions(), test: ["test-images", "test-labels"], split: new SplitOptions { Validation = 0.2 });
        Assert.Equal((4, 1, 2), (data.Train.Count, data.Splits[Split.Validation].Count, data.Splits[Split.Test].Count));
        Assert.Equal(40 / 255f, data.Splits[Split.Validation].Make(0, 0).Features[0]);
        Assert.Equal([2], data.Splits[Split.Test].Make(0, 1).Classes);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Train.Make(1, 4));
        var little = Read(new IdxOptions(), split: new SplitOptions { Validation = 0.2 }, limit: new LimitOptions { Train = 3 });
        Assert.Equal((3, 1), (little.Train.Count, little.Splits[Split.Validation].Count));
    }

    public static TheoryData<byte[], string> DamagedImages => new()
    {
        { [], "images is no IDX file: it has 0 bytes, and its header alone has at least 8" },
        { [1, 2, 8, 3], "images is no IDX file: it begins with the bytes 0x01 0x02 at offset 0, not with 0x00 0x00" },
        { [0, 0, 13, 3], "images: the byte at offset 2 says that its numbers have type 0x0D; only 0x08, unsigned bytes, can be read" },
        { [0, 0, 8, 2], "images: the byte at offset 3 says 2 dimensions; labels have 1 and images 3" },
        { [0, 0, 8, 3, 0, 0], "images ends at offset 6, within its header of 16 bytes; fetch it again" },
        { [0, 0, 8, 3, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 3], "images: the number at offset 8 says that dimension 2 has size 0; at least 1 is needed, and at most 2147483647" },
        { Images(5, 2, 3)[..^1], "images: its header promises 5 × 2 × 3 = 30 bytes from offset 16 on, but 29 are there; fetch it again" },
        { [.. Images(5, 2, 3), 7], "images: its header promises 5 × 2 × 3 = 30 bytes from offset 16 on, but 31 are there; fetch it again" },
        { Images(4, 2, 3), "images holds 4 images, but labels 5 labels (both numbers at offset 4); they do not belong together" },
        { Labels(1, 2, 3, 4, 5), "images and labels both hold labels; one of images and one of labels are needed" },
    };

    [Theory]
    [MemberData(nameof(DamagedImages))]
    public void A_damaged_file_is_refused_with_the_offset_and_what_was_found(byte[] bytes, string mistake)
    {
        folder.With("images", bytes);
        Assert.Equal($"data.train: {mistake}", TextFolder.MistakeOf(() => Read(new IdxOptions())));
    }

    [Fact]
    public void A_packed_file_that_was_cut_off_is_refused()
    {
        folder.With("images", Packed(Images(5, 2, 3))[..^6]);
        Assert.Contains("not a whole gzip file", TextFolder.MistakeOf(() => Read(new IdxOptions())), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_and_images_that_training_does_not_know_are_refused()
    {
        folder.With("test-images", Images(2, 2, 3)).With("test-labels", Labels(2, 3));
        Assert.Equal(
            "data.test: the label 3 at offset 9 of test-labels is not in the training data, whose highest is 2",
            TextFolder.MistakeOf(() => Read(new IdxOptions(), test: ["test-images", "test-labels"])));
        folder.With("test-images", Images(2, 3, 2));
        Assert.Equal(
            "data.test: the images of test-images are 3 × 2 pixels, those of images 2 × 3; they must be alike",
            TextFolder.MistakeOf(() => Read(new IdxOptions(), test: ["test-images", "test-labels"])));
        folder.With("labels", Labels(0, 0, 0, 0, 0));
        Assert.Contains("nothing to learn", TextFolder.MistakeOf(() => Read(new IdxOptions())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_is_two_files()
    {
        Assert.Equal(
            "data.train: idx needs two files, one of images and one of labels; there is 1",
            TextFolder.MistakeOf(() => Read(new IdxOptions(), ["images"])));
    }

    [Theory]
    [InlineData(true, null, ImageStep.Row, "data.format.permuted", "step: pixel")]
    [InlineData(false, 3L, ImageStep.Pixel, "data.format.permutation_seed", "permuted: true")]
    public void A_permutation_that_makes_no_sense_is_refused(bool permuted, long? seed, ImageStep step, string key, string advice)
    {
        var options = new IdxOptions { Permuted = permuted, PermutationSeed = seed, Step = step };
        var mistake = Assert.Single(options.Check(Data(options, ["images", "labels"])));
        Assert.Equal(key, mistake.Path);
        Assert.Contains(advice, mistake.What, StringComparison.Ordinal);
    }

    private static byte[] Images(int count, int rows, int columns)
    {
        var bytes = new byte[16 + count * rows * columns];
        bytes[2] = 8;
        bytes[3] = 3;
        foreach (var (index, size) in new[] { count, rows, columns }.Index()) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + 4 * index), size);
        for (var i = 0; i < count * rows * columns; i++) bytes[16 + i] = (byte)(10 * (i / (rows * columns)) + i % (rows * columns));
        return bytes;
    }

    private static byte[] Labels(params byte[] labels) => [0, 0, 8, 1, 0, 0, 0, (byte)labels.Length, .. labels];

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static DataOptions Data(IdxOptions options, IReadOnlyList<string> train) =>
        new() { Format = options, Train = train, Batching = new ExampleOptions { BatchSize = 2 } };

    private int[] Order(IdxOptions options, int image, long seed = 1)
    {
        var steps = Read(options, seed: seed).Train.Make(1, image).Features;
        return [.. steps.Select(pixel => (int)Math.Round(pixel * 255) - 10 * image)];
    }

    private ExampleData Read(
        IdxOptions options, IReadOnlyList<string>? train = null, IReadOnlyList<string>? test = null, SplitOptions? split = null, long seed = 1,
        LimitOptions? limit = null)
    {
        var data = Data(options, train ?? ["images", "labels"]) with { Test = test ?? [], Split = split ?? new SplitOptions(), Limit = limit ?? new LimitOptions() };
        return new IdxFormat(options, new FormatContext(folder.Root, seed)).Read(data);
    }
}
