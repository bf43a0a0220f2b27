using System.Runtime.Intrinsics;
using RnnTrain.Numerics;
using static TorchSharp.torch;

namespace RnnTrain.Tensors;

/// <summary>
/// A random mask over a tensor that is a function of place and key, so that nobody has to keep it: a number is dropped where a hash of its
/// place (two rounds of multiplication and shifts, Wellons' "hash prospector", 2018) is below the share. Any number of threads, any width of
/// vectors: the same mask.
/// </summary>
/// <param name="key">64 random bits.</param>
/// <param name="share">Of the numbers that are dropped; the others grow by 1 / (1 − share).</param>
internal sealed unsafe class HashedMask(ulong key, double share) : ICpuJob
{
    private const int UnitSize = 16384; // numbers a core takes at once
    private const int Lanes = 16;
    private readonly uint threshold = (uint)Math.Min(uint.MaxValue, share * 4294967296.0);
    private readonly float factor = (float)(1 / (1 - share));
    private float* source;
    private float* values;
    private float* saved; // null where nobody wants the numbers as they were
    private long count;

    /// <summary>A mask that libtorch's generator decides.</summary>
    public static HashedMask Drawn(double share)
    {
        using var seed = rand(1, ScalarType.Float64, CPU); // [1]
        return new HashedMask(new PortableRandom(BitConverter.DoubleToUInt64Bits(seed.item<double>())).NextBits(), share);
    }

    /// <summary>The numbers of a tensor with some of them dropped.</summary>
    /// <param name="tensor">Of which <see cref="FloatMemory.Holds"/> is true.</param>
    /// <returns>A tensor of the same shape.</returns>
    public Tensor Dropped(Tensor tensor)
    {
        var dropped = empty_like(tensor); // [any]
        Run(FloatMemory.Of(tensor), dropped, null);
        return dropped;
    }

    /// <summary>Drops numbers of a tensor in place, and keeps all of them as they were.</summary>
    /// <param name="tensor">Of which <see cref="FloatMemory.Holds"/> is true.</param>
    /// <param name="kept">Of the same shape, plain memory too; it is overwritten.</param>
    public void Drop(Tensor tensor, Tensor kept) => Run(FloatMemory.Of(tensor), tensor, FloatMemory.Of(kept));

    /// <summary>Multiplies a tensor of the same shape by the same mask, in place.</summary>
    public void Multiply(Tensor tensor)
    {
        if (FloatMemory.Holds(tensor))
        {
            Run(FloatMemory.Of(tensor), tensor, null);
            return;
        }

        using var plain = tensor.contiguous(); // [any]
        Run(FloatMemory.Of(plain), plain, null);
        tensor.copy_(plain);
    }

    void ICpuJob.Do(int unit)
    {
        var start = (long)unit * UnitSize;
        var end = Math.Min(count, start + UnitSize);
        var i = start;
        for (; i <= end - Lanes; i += Lanes)
        {
            var numbers = Vector512.Load(source + i);
            if (saved != null) numbers.Store(saved + i);
            var isKept = Vector512.GreaterThanOrEqual(Hash(Vector512.Create((uint)i) + Vector512<uint>.Indices), Vector512.Create(threshold));
            Vector512.ConditionalSelect(isKept.AsSingle(), numbers * factor, Vector512<float>.Zero).Store(values + i);
        }

        for (; i < end; i++)
        {
            if (saved != null) saved[i] = source[i];
            values[i] = Hash(Vector512.Create((uint)i))[0] >= threshold ? source[i] * factor : 0;
        }
    }

    private Vector512<uint> Hash(Vector512<uint> places)
    {
        var x = places * 0x9E3779B9u + Vector512.Create((uint)key);
        x ^= x >>> 16;
        x *= 0x21F0AAADu;
        x ^= (x >>> 15) ^ Vector512.Create((uint)(key >> 32));
        x *= 0x735A2D97u;
        return x ^ (x >>> 15);
    }

    private void Run(float* from, Tensor tensor, float* kept)
    {
        source = from;
        values = FloatMemory.Of(tensor);
        saved = kept;
        count = tensor.numel();
        CpuTeam.Run(this, checked((int)((count + UnitSize - 1) / UnitSize)));
    }
}
