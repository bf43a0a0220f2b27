using static TorchSharp.torch;

namespace RnnTrain.Tests;

public sealed class CreationTests
{
    [Fact]
    public void Constants_have_the_shape_type_and_value_asked_for()
    {
        using var scope = NewDisposeScope();
        Near.Equal(zeros(2, 3), [2, 3], 0, 0, 0, 0, 0, 0);
        Near.Equal(ones(2), [2], 1, 1);
        Near.Equal(full(2, 2, 7.5), [2, 2], 7.5, 7.5, 7.5, 7.5);
        Assert.Equal(ScalarType.Float32, zeros(1).dtype);
        Assert.Equal(ScalarType.Int64, ones(2, dtype: ScalarType.Int64).dtype);
        Assert.Equal([0L], empty(0).shape);
        Near.Equal(eye(2), [2, 2], 1, 0, 0, 1);
        Near.Equal(eye(2, 3), [2, 3], 1, 0, 0, 0, 1, 0);
    }

    [Fact]
    public void Ranges_are_integers_only_when_their_ends_are()
    {
        using var scope = NewDisposeScope();
        var whole = arange(2, 8, 2);
        Assert.Equal(ScalarType.Int64, whole.dtype);
        Near.Equal(whole, [3], 2, 4, 6);
        var real = arange(0.0, 1.0, 0.25);
        Assert.Equal(ScalarType.Float32, real.dtype);
        Near.Equal(real, [4], 0, 0.25, 0.5, 0.75);
        Near.Equal(linspace(0, 1, 3), [3], 0, 0.5, 1);
    }

    [Fact]
    public void Arrays_of_every_type_keep_their_type_and_elements()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float32, tensor(new[] { 1f, 2f }).dtype);
        Assert.Equal(ScalarType.Float64, tensor(new[] { 1.0, 2.0 }).dtype);
        Assert.Equal(ScalarType.Int64, tensor(new[] { 1L, 2L }).dtype);
        Assert.Equal(ScalarType.Int32, tensor(new[] { 1, 2 }).dtype);
        Assert.Equal(ScalarType.Int16, tensor(new short[] { 1, 2 }).dtype);
        Assert.Equal(ScalarType.Byte, tensor(new byte[] { 1, 2 }).dtype);
        Assert.Equal(ScalarType.Bool, tensor(new[] { true, false }).dtype);
        Near.Equal(tensor(new[] { 1L, 2L, 3L, 4L }, [2, 2]), [2, 2], 1, 2, 3, 4);
        Near.Equal(tensor(new[] { 1, 2 }, dtype: ScalarType.Float32), 1, 2);
        Near.Equal(tensor(3.5f), [], 3.5);
        Assert.Equal([true, false], tensor(new[] { true, false }).data<bool>().ToArray());
    }

    [Fact]
    public void Tensor_copies_its_array_and_as_tensor_shares_it()
    {
        using var scope = NewDisposeScope();
        var elements = new[] { 1f, 2f, 3f };
        var copy = tensor(elements);
        var shared = as_tensor(elements);
        elements[0] = 10;
        Near.Equal(copy, 1, 2, 3);
        Near.Equal(shared, 10, 2, 3);
    }

    [Fact]
    public void Arrays_of_several_dimensions_keep_them()
    {
        using var scope = NewDisposeScope();
        Near.Equal(from_array(new[,] { { 1f, 2f, 3f }, { 4f, 5f, 6f } }), [2, 3], 1, 2, 3, 4, 5, 6);
        Near.Equal(frombuffer(new[] { 1f, 2f, 3f, 4f }, ScalarType.Float32, count: 2, offset: 1), [2], 2, 3);
    }

    [Fact]
    public void Too_few_elements_for_the_shape_are_refused() =>
        Assert.Throws<ArgumentException>(() => tensor(new[] { 1f, 2f }, [3]));

    [Fact]
    public void Tensors_like_another_take_its_shape_and_type()
    {
        using var scope = NewDisposeScope();
        var model = arange(4).reshape(2, 2);
        Assert.Equal(ScalarType.Int64, zeros_like(model).dtype);
        Near.Equal(ones_like(model, dtype: ScalarType.Float32), [2, 2], 1, 1, 1, 1);
        Near.Equal(full_like(model, 3), [2, 2], 3, 3, 3, 3);
        Near.Equal(model.new_zeros(3), [3], 0, 0, 0);
    }

    [Fact]
    public void Elements_are_converted_between_types()
    {
        using var scope = NewDisposeScope();
        var numbers = tensor(new[] { 0.0f, 1.7f, -2.9f });
        Near.Equal(numbers.to(ScalarType.Int64), 0, 1, -2);
        Assert.Equal([false, true, true], numbers.to(ScalarType.Bool).data<bool>().ToArray());
        Assert.Equal(ScalarType.BFloat16, numbers.bfloat16().dtype);
        Near.Equal(numbers.half().@float(), 0, 1.7001953125, -2.900390625);
    }

    [Fact]
    public void Windows_are_those_of_signal_processing()
    {
        using var scope = NewDisposeScope();
        Near.Equal(hann_window(4), 0, 0.5, 1, 0.5);
        Near.Equal(hann_window(5, periodic: false), 0, 0.5, 1, 0.5, 0);
    }
}
