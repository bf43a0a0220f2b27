using System.Buffers.Binary;
using System.Text;
using RnnTrain.Configuration;
using RnnTrain.Tensors;
using RnnTrain.Tests.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tensors;

public sealed class SafetensorsTests : IDisposable
{
    private static long LiveTensors => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private readonly TemporaryFolder temporary = new();
    private readonly DisposeScope scope = NewDisposeScope();

    private string Place => temporary["weights.safetensors"];

    public void Dispose()
    {
        scope.Dispose();
        temporary.Dispose();
    }

    public static TheoryData<ScalarType> Types => [.. SafetensorsTypes.All.Select(known => known.Type)];

    /// <summary>Numbers whose bytes all differ, of any type.</summary>
    private static Tensor Sample(ScalarType type, params long[] shape) =>
        type == ScalarType.Bool
            ? arange(shape.Aggregate(1L, (a, b) => a * b)).remainder(2).to(ScalarType.Bool).reshape(shape)
            : (arange(shape.Aggregate(1L, (a, b) => a * b)) + 1).to(type).reshape(shape);

    private static byte[] FileOf(string header, params byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, json.Length);
        json.CopyTo(bytes, 8);
        data.CopyTo(bytes, 8 + json.Length);
        return bytes;
    }

    private string MistakeOf(byte[] file)
    {
        File.WriteAllBytes(Place, file);
        var line = Assert.Single(Assert.Throws<UserMistakeException>(() => SafetensorsFile.Load(Place)).Lines);
        Assert.StartsWith(Place + ": ", line);
        Assert.DoesNotContain('\n', line);
        return line;
    }

    [Fact]
    public void All_ten_types_are_tested() => Assert.Equal(10, Types.Count);

    [Theory]
    [MemberData(nameof(Types))]
    public void Tensors_of_every_type_come_back_bit_for_bit(ScalarType type)
    {
        long[][] shapes = [[2, 3], [], [5], [0], [3, 0, 2], [1, 1, 1, 1]];
        var tensors = shapes.Select((shape, i) => ($"t{i}", Sample(type, shape))).ToArray();
        SafetensorsFile.Save(Place, tensors);
        var loaded = SafetensorsFile.Load(Place);

        Assert.Equal(tensors.Select(named => named.Item1), loaded.Select(named => named.Name));
        foreach (var ((_, saved), (_, read)) in tensors.Zip(loaded))
        {
            Assert.Equal(type, read.dtype);
            Assert.Equal(saved.shape, read.shape);
            Assert.Equal(saved.bytes.ToArray(), read.bytes.ToArray());
        }
    }

    [Fact]
    public void Numbers_that_are_not_numbers_keep_their_bits()
    {
        var odd = tensor([float.NaN, float.NegativeInfinity, -0.0f, float.Epsilon]); // [numbers]
        SafetensorsFile.Save(Place, [("odd", odd)]);
        Assert.Equal(odd.bytes.ToArray(), SafetensorsFile.Load(Place)[0].Tensor.bytes.ToArray());
    }

    [Fact]
    public void A_file_of_one_tensor_is_these_bytes()
    {
        SafetensorsFile.Save(Place, [("w", tensor([1f, 2f]))]);
        var expected = FileOf("""{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} """ + "  ",
            0, 0, 0x80, 0x3F, 0, 0, 0, 0x40);
        Assert.Equal(0, (expected.Length - 8) % 8);
        Assert.Equal(expected, File.ReadAllBytes(Place));
    }

    [Fact]
    public void The_same_tensors_always_give_the_same_bytes_and_wider_types_come_first()
    {
        (string, Tensor)[] tensors =
        [
            ("b", Sample(ScalarType.Bool, 3)), ("z", Sample(ScalarType.Float32, 3)),
            ("a", Sample(ScalarType.Float32, 1)), ("d", Sample(ScalarType.Float64, 1)),
        ];
        SafetensorsFile.Save(Place, tensors);
        var once = File.ReadAllBytes(Place);
        SafetensorsFile.Save(Place, tensors);
        Assert.Equal(once, File.ReadAllBytes(Place));
        var header = SafetensorsFile.LoadHeader(Place);
        Assert.Equal(["d", "z", "a", "b"], header.Entries.Select(entry => entry.Name));
        Assert.Equal(0, header.DataStart % 8);
    }

    [Fact]
    public void A_view_is_saved_as_what_it_shows()
    {
        var whole = Sample(ScalarType.Float32, 4, 6); // [4, 6]
        var view = whole.t().narrow(0, 1, 3); // [4, 6] → [3, 4], every other number skipped
        Assert.False(view.is_contiguous());
        SafetensorsFile.Save(Place, [("view", view), ("row", whole[2])]);
        var loaded = SafetensorsFile.Load(Place);
        Assert.True(view.Equals(loaded[0].Tensor));
        Assert.True(whole[2].Equals(loaded[1].Tensor));
    }

    [Fact]
    public void Parameters_that_need_a_gradient_are_saved_and_come_back_without()
    {
        var parameter = zeros(2, requires_grad: true); // [2]
        SafetensorsFile.Save(Place, [("w", parameter)]);
        Assert.False(SafetensorsFile.Load(Place)[0].Tensor.requires_grad);
    }

    [Fact]
    public void Names_may_hold_any_letters()
    {
        string[] names = ["recurrent.weight_hh_l0", "größe \"x\"\\", "日本", "\u0001", "😀"];
        SafetensorsFile.Save(Place, [.. names.Select(name => (name, ones(1)))]);
        Assert.Equal(names, SafetensorsFile.Load(Place).Select(named => named.Name));
    }

    [Fact]
    public void A_file_of_no_tensors_is_a_file_too()
    {
        SafetensorsFile.Save(Place, []);
        Assert.Empty(SafetensorsFile.Load(Place));
    }

    [Fact]
    public void Two_tensors_of_one_name_are_not_written()
    {
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Save(Place, [("w", ones(1)), ("w", ones(1))]));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Save(Place, [("__metadata__", ones(1))]));
    }

    [Fact]
    public void Loading_and_saving_leave_no_tensor_behind()
    {
        var saved = Sample(ScalarType.Float32, 3, 4).t(); // [4, 3], not contiguous
        var before = LiveTensors;
        using (NewDisposeScope())
        {
            SafetensorsFile.Save(Place, [("w", saved)]);
            Assert.Equal(before, LiveTensors);
            SafetensorsFile.Load(Place);
            Assert.Equal(before + 1, LiveTensors);
        }

        Assert.Equal(before, LiveTensors);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_by_name()
    {
        SafetensorsFile.Save(Place, [("a", Sample(ScalarType.Float32, 2, 2)), ("b", Sample(ScalarType.Byte, 3))]);
        var whole = File.ReadAllBytes(Place);
        for (var length = 0; length < whole.Length; length++) MistakeOf(whole[..length]);
        MistakeOf([.. whole, 0]);
    }

    [Fact]
    public void A_header_with_any_bit_changed_is_read_or_refused_but_nothing_else()
    {
        SafetensorsFile.Save(Place, [("a", Sample(ScalarType.Float32, 2, 2)), ("b", Sample(ScalarType.Byte, 3))]);
        var whole = File.ReadAllBytes(Place);
        var headerBits = (whole.Length - 19) * 8;
        var refused = 0;
        for (var bit = 0; bit < headerBits; bit++)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(Place, damaged);
            try
            {
                using (NewDisposeScope()) SafetensorsFile.Load(Place);
            }
            catch (UserMistakeException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, headerBits / 2, headerBits);
    }

    [Theory]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""",
        6, "begins at byte 2, not 4")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[5,9]}}""",
        9, "begins at byte 5, not 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "need 4 bytes of data, and 5 are there")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "data_offsets are 4 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "negative")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "header cannot be read")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[0,9223372036854775807],"data_offsets":[0,0]},"b":{"dtype":"F32","shape":[9223372036854775807,0],"data_offsets":[0,0]}}""",
        0, "header cannot be read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,0]}}""", 0, "header cannot be read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "header cannot be read")]
    [InlineData("""{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}""", 8, "'C64' is none of")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"extra":1}}""", 4, "unknown property 'extra'")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        8, "header cannot be read")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "header cannot be read")]
    [InlineData("""{"a":[]}""", 0, "header cannot be read")]
    [InlineData("""[]""", 0, "header cannot be read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[[[[[1]]]]]],"data_offsets":[0,4]}}""", 4, "header cannot be read")]
    public void A_header_that_contradicts_itself_is_refused(string header, int dataBytes, string expected) =>
        Assert.Contains(expected, MistakeOf(FileOf(header, new byte[dataBytes])));

    [Fact]
    public void A_header_of_absurd_length_takes_no_memory()
    {
        Assert.Contains("are the most", MistakeOf([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, (byte)'{']));
        Assert.Contains("ends within the header", MistakeOf([0, 0, 0, 5, 0, 0, 0, 0, (byte)'{'])); // 83,886,080 of 1 byte
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_refused()
    {
        var file = FileOf("""{"?":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", new byte[4]);
        file[10] = 0xFF;
        MistakeOf(file);
    }

    [Fact]
    public void A_header_as_other_writers_make_it_is_read()
    {
        // any order, white space anywhere, no padding
        var file = FileOf(
            """
            { "b" : { "data_offsets":[4, 6], "shape":[ ], "dtype":"I16"},
            "a":{"shape":[1],"dtype":"F32","data_offsets":[0,4]} }
            """,
            0, 0, 0x80, 0x3F, 0x39, 0x05);
        File.WriteAllBytes(Place, file);
        var loaded = SafetensorsFile.Load(Place);
        Assert.Equal(["a", "b"], loaded.Select(named => named.Name));
        Assert.Equal(1f, loaded[0].Tensor[0].item<float>());
        Assert.Equal(1337, loaded[1].Tensor.item<short>());
    }

    [Fact]
    public void A_missing_file_is_a_mistake_of_one_line()
    {
        var line = Assert.Single(Assert.Throws<UserMistakeException>(() => SafetensorsFile.Load(temporary["none"])).Lines);
        Assert.Contains("none", line);
    }
}
