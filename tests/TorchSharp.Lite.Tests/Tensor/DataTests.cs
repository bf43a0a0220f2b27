using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests;

public sealed class DataTests
{
    [Fact]
    public void Elements_are_read_in_the_order_of_indices_whatever_the_strides()
    {
        using var scope = NewDisposeScope();
        var x = arange(6).reshape(2, 3);
        Assert.Equal([0L, 3, 1, 4, 2, 5], x.t().data<long>().ToArray());
        Assert.Equal([0L, 3, 1, 4, 2, 5], x.t().data<long>());
        Assert.Equal(4L, x.t().data<long>()[1, 1]);
        Assert.Equal(4L, x.t().data<long>()[3]);
        var part = new long[2];
        x.t().data<long>().CopyTo(part, tensorIndex: 1);
        Assert.Equal([3L, 1], part);
    }

    [Fact]
    public void Elements_are_written_in_place()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 2);
        x.data<float>()[1, 0] = 5;
        x.data<float>().CopyFrom([7f], tensorIndex: 3);
        Near.Equal(x, [2, 2], 0, 0, 5, 7);
        x.t().data<float>().CopyFrom([1f, 2f, 3f, 4f]);
        Near.Equal(x, [2, 2], 1, 3, 2, 4);
    }

    [Fact]
    public void Bytes_are_the_memory_of_the_tensor()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1, 256 });
        Assert.Equal([1, 0, 0, 0, 0, 1, 0, 0], x.bytes.ToArray());
        x.bytes = new byte[] { 2, 0, 0, 0, 3, 0, 0, 0 };
        Near.Equal(x, 2, 3);
        using var stream = new MemoryStream();
        x.WriteBytesToStream(stream);
        stream.Position = 0;
        var y = zeros(2, dtype: ScalarType.Int32);
        y.ReadBytesFromStream(stream);
        Near.Equal(y, 2, 3);
    }

    [Fact]
    public void Single_elements_become_numbers()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(2.5f, tensor(2.5f).item<float>());
        Assert.Equal(7, tensor(7L).ToInt32());
        Assert.Equal(2.5, tensor(2.5f).ToDouble());
        Assert.Equal(3L, (long)tensor(3L));
        Assert.True(tensor(true).ToBoolean());
        Assert.True(tensor(3f).is_nonzero());
    }

    [Fact]
    public void The_wrong_type_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => tensor(2.5f).item<double>());
        Assert.Throws<ArgumentException>(() => zeros(3).data<long>());
        Assert.Throws<ArgumentException>(() => zeros(3).item<float>());
    }

    [Fact]
    public void An_index_beyond_the_end_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<IndexOutOfRangeException>(() => zeros(3).data<float>()[3]);
        Assert.Throws<IndexOutOfRangeException>(() => zeros(3, 2).data<float>()[1, 2]);
    }

    [Fact]
    public void Metadata_describes_the_tensor()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 3, dtype: ScalarType.Float64);
        Assert.Equal(2, x.dim());
        Assert.Equal(6, x.numel());
        Assert.Equal(8, x.element_size());
        Assert.Equal(3, x.size(-1));
        Assert.Equal([2L, 3L], x.shape);
        Assert.Equal(DeviceType.CPU, x.device_type);
        Assert.Equal("cpu", x.device.ToString());
        Assert.False(x.is_cuda);
        Assert.True(x.is_floating_point());
        Assert.Equal(9, zeros(1, 1, 1, 1).reshape([1, 1, 1, 1, 1, 1, 1, 1, 1]).shape.Length);
    }
}
