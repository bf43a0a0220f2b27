namespace TorchSharp;

// Tensors over managed arrays of any rank.
public static partial class torch
{
    /// <summary>A tensor over the memory of the array where its elements allow that.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => Share(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Share(rawArray, dtype, device, requires_grad, names);

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => Share(data, dtype, device);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        data.to(dtype ?? data.dtype, device ?? data.device);

    /// <summary>Some elements of an array, over its memory.</summary>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        if (offset < 0 || offset >= rawArray.LongLength) throw new ArgumentException($"invalid value for 'offset': {offset}");
        if (count < 0) count = rawArray.LongLength - offset;
        if (count > rawArray.LongLength - offset) throw new IndexOutOfRangeException($"element count is too large: {count}");
        using var whole = Share(rawArray, null, CPU);
        using var flat = whole.view(-1);
        var part = flat.narrow(0, offset, count);
        return Move(part, dtype, CPU).requires_grad_(requires_grad);
    }
}
