using System.Numerics;

namespace RnnTrain.Numerics;

/// <summary>
/// A random number generator whose numbers depend on its seed alone: not on the platform, the process or the version of .NET.
/// xoshiro256** 1.0 of Blackman and Vigna, "Scrambled linear pseudorandom number generators" (2021), its 256 bits of state
/// filled by SplitMix64 as they advise. Not for secrets. One thread at a time.
/// </summary>
public sealed class PortableRandom
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    public PortableRandom(ulong seed)
    {
        var mixer = seed;
        s0 = SplitMix64.Next(ref mixer);
        s1 = SplitMix64.Next(ref mixer);
        s2 = SplitMix64.Next(ref mixer);
        s3 = SplitMix64.Next(ref mixer);
    }

    /// <summary>The generator for one purpose at one place of a run; see <see cref="Seeds.Derive"/>.</summary>
    public static PortableRandom For(long seed, string purpose, long epoch = 0, long step = 0) =>
        new((ulong)Seeds.Derive(seed, purpose, epoch, step));

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>
    /// A whole number from 0 up to but not including <paramref name="bound"/>, every one equally likely:
    /// Lemire, "Fast random integer generation in an interval" (2019), which draws again where the plain product would favour some.
    /// </summary>
    public long NextBelow(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var range = (ulong)bound;
        var high = Math.BigMul(NextBits(), range, out var low);
        if (low < range)
        {
            var threshold = unchecked(0UL - range) % range;
            while (low < threshold) high = Math.BigMul(NextBits(), range, out low);
        }

        return (long)high;
    }

    /// <summary>A number in [0, 1): a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A number of the standard normal distribution (Box and Muller 1958), of which half is thrown away to keep no state.</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Puts the items in random order, every order equally likely (Fisher and Yates; Durstenfeld 1964).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var chosen = (int)NextBelow(last + 1L);
            (items[last], items[chosen]) = (items[chosen], items[last]);
        }
    }

    /// <summary>The numbers 0 to <paramref name="count"/> − 1 in random order.</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        Shuffle<int>(order);
        return order;
    }
}
