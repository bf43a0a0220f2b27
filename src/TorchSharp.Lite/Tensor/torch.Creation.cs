using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

// What the overloads of zeros, ones, empty, full, rand, randn and tensor have in common.
public static unsafe partial class torch
{
    private static Tensor CreateZeros(long[] size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Finish(Op.Zeros.Call(size, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, names);

    private static Tensor CreateOnes(long[] size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Finish(Op.Ones.Call(size, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, names);

    private static Tensor CreateEmpty(long[] size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Finish(Op.Empty.Call(size, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, names);

    private static Tensor CreateFull(long[] size, Scalar value, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Finish(Op.Full.Call(size, value, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, names);

    private static Tensor CreateRand(long[] size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator, string[]? names) =>
        Finish(Op.RandGenerator.Call(size, generator, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, names);

    private static Tensor CreateRandn(long[] size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator, string[]? names) =>
        Finish(Op.RandnGenerator.Call(size, generator, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, names);

    // A tensor of copies of managed elements; one dimension where no sizes are given.
    private static Tensor Copy<T>(T[] elements, long[]? sizes, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged
    {
        var target = InitializeDevice(device);
        var own = ScalarTypeOf(typeof(T));
        sizes ??= [elements.Length];
        var count = sizes.TotalSize();
        if (count > elements.LongLength)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {count} vs. {elements.LongLength}");
        var result = Op.Empty.Call(sizes, own, Value.None, CPU);
        elements.AsSpan(0, (int)count).CopyTo(new Span<T>(result.DataPointer(), (int)count));
        return Finish(Move(result, dtype ?? own, target), requires_grad, names);
    }

    // A tensor over the memory of an array, which stays pinned as long as a tensor uses it. Elements that cannot be pinned are copied.
    private static Tensor Share(Array elements, ScalarType? dtype, Device? device, bool requires_grad = false, string[]? names = null)
    {
        var target = InitializeDevice(device);
        var type = elements.GetType().GetElementType()!;
        var own = ScalarTypeOf(type);
        long[] sizes = [.. Enumerable.Range(0, elements.Rank).Select(dimension => (long)elements.GetLength(dimension))];
        var result = elements.LongLength > 0 && type.IsPrimitive ? Pinned(elements, sizes, own) : Copied(elements, sizes, own);
        return Finish(Move(result, dtype ?? own, target), requires_grad, names);
    }

    private static Tensor Pinned(Array elements, long[] sizes, ScalarType type)
    {
        var owner = GCHandle.Alloc(elements, GCHandleType.Pinned);
        fixed (long* size = sizes)
        {
            var handle = NativeMethods.tsl_tensor_from_blob(
                (void*)owner.AddrOfPinnedObject(), size, sizes.Length, (int)type, &ReleaseArray, GCHandle.ToIntPtr(owner));
            if (handle == 0) owner.Free();
            return new Tensor(handle);
        }
    }

    private static Tensor Copied(Array elements, long[] sizes, ScalarType type)
    {
        var result = Op.Empty.Call(sizes, type, Value.None, CPU);
        var bytes = (int)(elements.LongLength * type.ElementSize());
        fixed (byte* source = &MemoryMarshal.GetArrayDataReference(elements)) new ReadOnlySpan<byte>(source, bytes).CopyTo(result.bytes);
        return result;
    }

    [UnmanagedCallersOnly]
    private static void ReleaseArray(nint owner) => GCHandle.FromIntPtr(owner).Free();

    private static Tensor Move(Tensor result, ScalarType dtype, Device device) =>
        result.dtype == dtype && device.type == DeviceType.CPU ? result : result.to(dtype, device, disposeAfter: true);

    private static Tensor Finish(Tensor result, bool requires_grad, string[]? names)
    {
        if (names is { Length: > 0 }) throw new NotSupportedException("named dimensions are not part of TorchSharp.Lite");
        if (requires_grad) result.requires_grad = true;
        return result;
    }
}

file static class Op
{
    public static readonly Operator Zeros = new("zeros");
    public static readonly Operator Ones = new("ones");
    public static readonly Operator Empty = new("empty.memory_format");
    public static readonly Operator Full = new("full");
    public static readonly Operator RandGenerator = new("rand.generator");
    public static readonly Operator RandnGenerator = new("randn.generator");
}
