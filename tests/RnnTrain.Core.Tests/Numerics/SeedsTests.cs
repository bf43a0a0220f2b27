using RnnTrain.Numerics;

namespace RnnTrain.Tests.Numerics;

public sealed class SeedsTests
{
    // From the same Python implementation as the numbers of PortableRandomTests.
    [Theory]
    [InlineData(1, "shuffle", 0, 0, 7506624335051083156)]
    [InlineData(1, "shuffle", 1, 0, 9124301064516684770)]
    [InlineData(1, "shuffle", 0, 1, 5531363864877333550)]
    [InlineData(1, "step", 1, 0, -448018270133069547)]
    [InlineData(2, "shuffle", 0, 0, 3413260722275090741)]
    [InlineData(-1, "é", 1L << 40, 3, -3942246140538851792)]
    public void A_seed_is_the_golden_one(long seed, string purpose, long epoch, long step, long expected) =>
        Assert.Equal(expected, Seeds.Derive(seed, purpose, epoch, step));

    [Fact]
    public void Seeds_of_neighbouring_places_all_differ()
    {
        var seeds =
            from seed in Enumerable.Range(0, 5)
            from purpose in new[] { "shuffle", "step", "dropout" }
            from epoch in Enumerable.Range(0, 10)
            from step in Enumerable.Range(0, 100)
            select Seeds.Derive(seed, purpose, epoch, step);
        Assert.Equal(15_000, seeds.Distinct().Count());
    }
}
