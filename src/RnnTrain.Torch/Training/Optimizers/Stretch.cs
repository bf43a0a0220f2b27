using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnTrain.Training.Optimizers;

/// <summary>The same piece of a parameter, of its gradient and of what an optimizer remembers of it, each without gaps in CPU memory.</summary>
/// <param name="values">The weights.</param>
/// <param name="gradient">Their gradient.</param>
/// <param name="memory">The optimizer's buffers.</param>
/// <param name="count">Numbers in each.</param>
public readonly unsafe struct Stretch(float* values, float* gradient, OptimizerMemory memory, int count)
{
    /// <summary>The weights.</summary>
    public float* Values { get; } = values;

    /// <summary>Their gradient.</summary>
    public float* Gradient { get; } = gradient;

    /// <summary>Numbers in each.</summary>
    public int Count { get; } = count;

    /// <summary>A piece of this piece.</summary>
    public Stretch Slice(long from, int length) => new(Values + from, Gradient + from, memory.From(from), length);

    /// <summary>Changes weights and memory, a vector of numbers at a time; those that are left over in a vector padded with zeros.</summary>
    /// <param name="rule">By value: what is written through pointers could change the fields of another's.</param>
    public void Apply<TRule>(TRule rule)
        where TRule : struct, IUpdateRule
    {
        float* w = Values, g = Gradient, first = memory.Buffer(0), second = memory.Buffer(1), third = memory.Buffer(2);
        var buffers = memory.Buffers;
        var i = 0;
        for (; i <= Count - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            Apply(rule, w + i, g + i, first + i, second + i, third + i, buffers);
        }

        var rest = Count - i;
        if (rest == 0) return;
        var places = stackalloc float*[] { w + i, g + i, first + i, second + i, third + i };
        var used = 2 + buffers;
        var padded = stackalloc float[5 * Vector512<float>.Count];
        new Span<float>(padded, 5 * Vector512<float>.Count).Clear();
        for (var place = 0; place < used; place++) new Span<float>(places[place], rest).CopyTo(new Span<float>(padded + place * Vector512<float>.Count, rest));
        Apply(
            rule, padded, padded + Vector512<float>.Count, padded + 2 * Vector512<float>.Count, padded + 3 * Vector512<float>.Count,
            padded + 4 * Vector512<float>.Count, buffers);
        for (var place = 0; place < used; place++) new Span<float>(padded + place * Vector512<float>.Count, rest).CopyTo(new Span<float>(places[place], rest));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply<TRule>(in TRule rule, float* w, float* g, float* first, float* second, float* third, int buffers)
        where TRule : struct, IUpdateRule
    {
        Vector512<float> a = default, b = default, c = default;
        if (buffers > 0) a = Vector512.Load(first);
        if (buffers > 1) b = Vector512.Load(second);
        if (buffers > 2) c = Vector512.Load(third);
        rule.Update(Vector512.Load(w), Vector512.Load(g), ref a, ref b, ref c).Store(w);
        if (buffers > 0) a.Store(first);
        if (buffers > 1) b.Store(second);
        if (buffers > 2) c.Store(third);
    }
}
