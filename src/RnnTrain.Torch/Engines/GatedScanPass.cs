using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RnnTrain.Tensors;

namespace RnnTrain.Engines;

/// <summary>
/// One pass of a gated scan over plain memory, forward or backward. A unit of work is a stretch of hidden units of one example, over all
/// of its steps.
/// </summary>
internal sealed unsafe class GatedScanPass(GatedScanShape shape) : ICpuJob
{
    private static readonly int Width = Vector512<float>.Count;
    private readonly int inputs = GatedScan.Inputs(shape.Gate);
    private readonly int blocks = (int)((shape.Hidden + BlockSize - 1) / BlockSize);
    private bool isBackward;

    /// <summary>Hidden units of a unit of work: what a step touches of them comes to a few kilobytes side by side.</summary>
    private const int BlockSize = 256;

    /// <summary>[time, batch, inputs · hidden], and of the same shape <see cref="InputGradient"/>.</summary>
    public float* Inputs { get; init; }

    /// <summary>[inputs · hidden], added to the inputs.</summary>
    public float* Bias { get; init; }

    /// <summary>[batch, hidden], and of the same shape Final and their gradients.</summary>
    public float* Initial { get; init; }

    /// <summary>[time, batch, hidden], and of the same shape <see cref="OutputGradient"/>, null where there is none.</summary>
    public float* Output { get; init; }

    public float* Final { get; init; }

    public float* OutputGradient { get; init; }

    /// <summary>Null where there is none.</summary>
    public float* FinalGradient { get; init; }

    public float* InputGradient { get; init; }

    /// <summary>Of each example for itself: [batch, inputs · hidden].</summary>
    public float* BiasGradients { get; init; }

    public float* InitialGradient { get; init; }

    public void Forward() => Run(backward: false);

    public void Backward() => Run(backward: true);

    public void Do(int unit)
    {
        long example = unit / blocks;
        var from = unit % blocks * BlockSize;
        var count = (int)Math.Min(BlockSize, shape.Hidden - from);
        switch (shape.Gate)
        {
            case ScanGate.Forget: Do<ForgetGate>(example, from, count); break;
            case ScanGate.Update: Do<UpdateGate>(example, from, count); break;
            default: Do<ForgetAndInputGate>(example, from, count); break;
        }
    }

    private void Run(bool backward)
    {
        isBackward = backward;
        CpuTeam.Run(this, (int)shape.Batch * blocks);
    }

    private void Do<TGate>(long example, int from, int count)
        where TGate : struct, IVectorGate
    {
        var length = shape.Lengths?[(int)example] ?? shape.Time;
        if (isBackward) Backward<TGate>(example, from, count, length);
        else Forward<TGate>(example, from, count, length);
    }

    private void Forward<TGate>(long example, int from, int count, long length)
        where TGate : struct, IVectorGate
    {
        var (hidden, candidate) = (shape.Hidden, (inputs - 1) * shape.Hidden);
        var last = Initial + (example * hidden) + from;
        for (long t = 0; t < length; t++)
        {
            var row = (t * shape.Batch) + example;
            var x = Inputs + (row * inputs * hidden) + from;
            var h = Output + (row * hidden) + from;
            for (var i = 0; i < count; i += Width)
            {
                var here = Math.Min(Width, count - i);
                var gate = default(TGate);
                gate.Read(x + i, Bias + from + i, hidden, here);
                var u = Sum(x + candidate + i, Bias + candidate + from + i, here);
                Store(h + i, u + (gate.Keep * (Load(last + i, here) - u)), here);
            }

            last = h;
        }

        new Span<float>(last, count).CopyTo(new Span<float>(Final + (example * hidden) + from, count));
        for (var t = length; t < shape.Time; t++) new Span<float>(Output + (((t * shape.Batch) + example) * hidden) + from, count).Clear();
    }

    /// <summary>With g the gradient of h_t: ∂u = (1 − k) g, ∂h_(t−1) = k g, and that of k's logit g (h_(t−1) − u) k (1 − k).</summary>
    private void Backward<TGate>(long example, int from, int count, long length)
        where TGate : struct, IVectorGate
    {
        var (hidden, candidate, state) = (shape.Hidden, (inputs - 1) * shape.Hidden, (example * shape.Hidden) + from);
        var toBias = BiasGradients + (example * inputs * hidden) + from;
        ClearEachInput(toBias, count);
        var carried = InitialGradient + state;
        if (FinalGradient == null) new Span<float>(carried, count).Clear();
        else new Span<float>(FinalGradient + state, count).CopyTo(new Span<float>(carried, count));
        for (var t = length; t < shape.Time; t++) ClearEachInput(InputGradient + (((t * shape.Batch) + example) * inputs * hidden) + from, count);
        for (var t = length - 1; t >= 0; t--)
        {
            var row = (t * shape.Batch) + example;
            var before = t == 0 ? Initial + state : Output + ((row - shape.Batch) * hidden) + from;
            var x = Inputs + (row * inputs * hidden) + from;
            var dx = InputGradient + (row * inputs * hidden) + from;
            var dy = OutputGradient == null ? null : OutputGradient + (row * hidden) + from;
            for (var i = 0; i < count; i += Width)
            {
                var here = Math.Min(Width, count - i);
                var gate = default(TGate);
                gate.Read(x + i, Bias + from + i, hidden, here);
                var u = Sum(x + candidate + i, Bias + candidate + from + i, here);
                var g = dy == null ? Load(carried + i, here) : Load(carried + i, here) + Load(dy + i, here);
                var kept = g * gate.Keep;
                var rest = g - kept;
                Store(dx + candidate + i, rest, here);
                gate.WriteGradient(dx + i, hidden, here, rest * gate.Keep * (Load(before + i, here) - u));
                for (var input = 0; input < inputs; input++)
                {
                    var to = toBias + (input * hidden) + i;
                    Store(to, Sum(to, dx + (input * hidden) + i, here), here);
                }

                Store(carried + i, kept, here);
            }
        }
    }

    private void ClearEachInput(float* first, int count)
    {
        for (var input = 0; input < inputs; input++) new Span<float>(first + (input * shape.Hidden), count).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Sum(float* a, float* b, int count) => Load(a, count) + Load(b, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Load(float* from, int count)
    {
        if (count >= Width) return Vector512.Load(from);
        var values = Vector512<float>.Zero;
        for (var i = 0; i < count; i++) values = values.WithElement(i, from[i]);
        return values;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(float* to, Vector512<float> values, int count)
    {
        if (count >= Width)
        {
            values.Store(to);
            return;
        }

        for (var i = 0; i < count; i++) to[i] = values[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + Vector512.Exp(-x));
}
