namespace RnnTrain.Numerics;

/// <summary>Seeds as a function of (seed, purpose, epoch, step): a resumed run draws what an uninterrupted one would have drawn.</summary>
public static class Seeds
{
    private const ulong FnvOffset = 0xCBF29CE484222325;
    private const ulong FnvPrime = 0x100000001B3;

    /// <summary>
    /// A 64-bit seed that depends on its arguments alone. The purpose is hashed by FNV-1a over its UTF-16 units (low byte first);
    /// the four numbers are then absorbed one after the other through SplitMix64, so that (1, 0) and (0, 1) give unrelated seeds.
    /// </summary>
    /// <param name="seed">The seed of the experiment.</param>
    /// <param name="purpose">What is drawn, for instance `shuffle` or `dropout`; each purpose has numbers of its own.</param>
    public static long Derive(long seed, string purpose, long epoch = 0, long step = 0)
    {
        var state = Absorb(0, (ulong)seed);
        state = Absorb(state, HashOf(purpose));
        state = Absorb(state, (ulong)epoch);
        return (long)Absorb(state, (ulong)step);
    }

    private static ulong Absorb(ulong state, ulong value)
    {
        var next = state ^ value;
        return SplitMix64.Next(ref next);
    }

    private static ulong HashOf(string purpose)
    {
        var hash = FnvOffset;
        foreach (var unit in purpose)
        {
            hash = unchecked((hash ^ (byte)unit) * FnvPrime);
            hash = unchecked((hash ^ (byte)(unit >> 8)) * FnvPrime);
        }

        return hash;
    }
}
