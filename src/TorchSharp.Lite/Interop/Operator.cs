using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>
/// One ATen operator, such as <c>add.Tensor</c>, called through libtorch's boxed dispatcher; autograd comes with it.
/// </summary>
/// <remarks>
/// Keep it in a static readonly field: the operator is looked up at the first call and its handle kept. Arguments stand in the
/// order of the operator's schema, keyword-only ones included; trailing ones may be left out and <see cref="Value.Missing"/> skips
/// one in between, which gives them the schema's defaults. Errors arrive as <see cref="ExternalException"/> with libtorch's message, a
/// disposed tensor as <see cref="ObjectDisposedException"/>.
/// <code>
/// private static readonly Operator AddTensor = new("add.Tensor");
/// public Tensor add(Tensor target, Scalar alpha) => AddTensor.Call(this, target, alpha);
/// </code>
/// </remarks>
/// <param name="name">Name without <c>aten::</c>, with the overload after a dot.</param>
[SkipLocalsInit]
internal sealed unsafe class Operator(string name)
{
    // Lists up to this many elements in all are handed over on the stack.
    private const int StackWords = 128;

    private nint handle;

    /// <summary>Calls an operator that returns one tensor.</summary>
    public Tensor Call(params ReadOnlySpan<Value> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        return ToTensor(result) ?? throw new ExternalException($"aten::{name} returned an undefined tensor");
    }

    /// <summary>Calls an operator for its effect, such as one that changes its first argument in place.</summary>
    public void Run(params ReadOnlySpan<Value> arguments) => Invoke(arguments, null, 0);

    /// <summary>Calls an operator that changes its first argument in place, and returns that argument.</summary>
    public Tensor Update(params ReadOnlySpan<Value> arguments)
    {
        Invoke(arguments, null, 0);
        return (Tensor)arguments[0].Reference!;
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    public (Tensor, Tensor) Call2(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[2];
        Invoke(arguments, results, 2);
        return (ToTensor(results[0])!, ToTensor(results[1])!);
    }

    /// <summary>Calls an operator that returns three tensors; those that it leaves undefined are null.</summary>
    public (Tensor, Tensor, Tensor) Call3(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[3];
        Invoke(arguments, results, 3);
        return (ToTensor(results[0])!, ToTensor(results[1])!, ToTensor(results[2])!);
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    public Tensor[] CallList(params ReadOnlySpan<Value> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        var handles = (nint*)result.Bits;
        var tensors = new Tensor[result.Length];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(handles[i]);
        NativeMethods.tsl_free_list(handles);
        return tensors;
    }

    /// <summary>Calls an operator that returns a bool or an int.</summary>
    public long CallInteger(params ReadOnlySpan<Value> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        return result.Bits;
    }

    /// <summary>Calls an operator that returns a bool.</summary>
    public bool CallBoolean(params ReadOnlySpan<Value> arguments) => CallInteger(arguments) != 0;

    /// <summary>Calls an operator that returns a number of any kind.</summary>
    public Scalar CallScalar(params ReadOnlySpan<Value> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        return new Scalar(result.Tag, result.Bits, result.Extra);
    }

    private static Tensor? ToTensor(in NativeValue value) => value.Bits == 0 ? null : new Tensor((nint)value.Bits);

    private void Invoke(ReadOnlySpan<Value> arguments, NativeValue* results, int capacity)
    {
        if (handle == 0) Resolve();
        var values = stackalloc NativeValue[arguments.Length];
        var words = 0;
        for (var i = 0; i < arguments.Length; i++) words += Simple(arguments[i], ref values[i]);
        if (words == 0) Dispatch(arguments, values, results, capacity);
        else InvokeWithLists(arguments, values, words, results, capacity);
    }

    private void InvokeWithLists(ReadOnlySpan<Value> arguments, NativeValue* values, int words, NativeValue* results, int capacity)
    {
        var onStack = stackalloc long[StackWords];
        var buffer = words <= StackWords ? onStack : (long*)NativeMemory.Alloc((nuint)words, sizeof(long));
        try
        {
            var next = buffer;
            for (var i = 0; i < arguments.Length; i++) next += List(arguments[i], ref values[i], next);
            Dispatch(arguments, values, results, capacity);
        }
        finally
        {
            if (buffer != onStack) NativeMemory.Free(buffer);
        }
    }

    private void Dispatch(ReadOnlySpan<Value> arguments, NativeValue* values, NativeValue* results, int capacity)
    {
        var produced = NativeMethods.tsl_operator_call(handle, values, arguments.Length, results, capacity);
        // Until here the handles alone were in use; the tensors that own them must not be finalized earlier.
        foreach (ref readonly var argument in arguments) GC.KeepAlive(argument.Reference);
        if (produced < capacity)
        {
            if (produced < 0) NativeMethods.ThrowLastError();
            throw new ExternalException($"aten::{name} returned {produced} results, {capacity} expected");
        }
    }

    // Fills in a value that is no list. Returns how many words of buffer a list needs, at least 1, or 0.
    private static int Simple(in Value argument, ref NativeValue value)
    {
        value.Tag = argument.Tag;
        value.Bits = argument.Bits;
        value.Extra = argument.Extra;
        value.Length = 0;
        switch (argument.Tag)
        {
            case ValueTag.Tensor:
                value.Bits = Unsafe.As<Tensor>(argument.Reference!).Handle;
                return 0;
            case ValueTag.Generator:
                value.Bits = Unsafe.As<Generator>(argument.Reference!).Handle;
                return 0;
            case ValueTag.Integers or ValueTag.Reals or ValueTag.Booleans or ValueTag.Tensors:
                return Math.Max(1, Unsafe.As<Array>(argument.Reference!).Length);
            case ValueTag.Text:
                return Unsafe.As<string>(argument.Reference!).Length + 1;
            default:
                return 0;
        }
    }

    // Copies a list to the buffer. Returns how many words of it are taken.
    private static int List(in Value argument, ref NativeValue value, long* buffer)
    {
        switch (argument.Reference)
        {
            case long[] integers:
                integers.CopyTo(new Span<long>(buffer, integers.Length));
                value.Length = integers.Length;
                break;
            case double[] reals:
                reals.CopyTo(new Span<double>(buffer, reals.Length));
                value.Length = reals.Length;
                break;
            case bool[] booleans:
                booleans.CopyTo(new Span<bool>(buffer, booleans.Length));
                value.Length = booleans.Length;
                break;
            case Tensor?[] tensors:
                for (var i = 0; i < tensors.Length; i++) buffer[i] = tensors[i]?.Handle ?? 0;
                value.Length = tensors.Length;
                break;
            case string text:
                // One word holds at least two UTF-16 units' worth of UTF-8 bytes.
                value.Length = Encoding.UTF8.GetBytes(text, new Span<byte>(buffer, (text.Length + 1) * sizeof(long)));
                break;
            default:
                return 0;
        }
        value.Bits = (long)buffer;
        return Math.Max(1, argument.Reference is string written ? written.Length + 1 : value.Length);
    }

    private void Resolve()
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var found = NativeMethods.tsl_operator_find("aten::" + (dot < 0 ? name : name[..dot]), dot < 0 ? "" : name[(dot + 1)..]);
        if (found == 0) NativeMethods.ThrowLastError();
        handle = found;
    }
}
