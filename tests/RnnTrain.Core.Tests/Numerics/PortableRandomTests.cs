using RnnTrain.Numerics;

namespace RnnTrain.Tests.Numerics;

// The golden numbers are those of a separate implementation in Python, itself checked against the published first outputs of
// SplitMix64 (seed 1234567: 6457827717110365317, …) and of xoshiro256** (state 1, 2, 3, 4: 11520, 0, 1509978240, …).
public sealed class PortableRandomTests
{
    [Theory]
    [InlineData(0UL, new[] { 11091344671253066420UL, 13793997310169335082UL, 1900383378846508768UL, 7684712102626143532UL })]
    [InlineData(1UL, new[] { 12966619160104079557UL, 9600361134598540522UL, 10590380919521690900UL, 7218738570589545383UL })]
    [InlineData(1234567UL, new[] { 3504822795582309479UL, 1819558768956484042UL, 1250851346055027673UL, 16940231675099994102UL })]
    public void The_bits_are_those_of_xoshiro256_seeded_by_SplitMix64(ulong seed, ulong[] expected)
    {
        var random = new PortableRandom(seed);
        Assert.Equal(expected, expected.Select(_ => random.NextBits()));
    }

    [Fact]
    public void Whole_numbers_below_a_bound_are_the_golden_ones()
    {
        var random = new PortableRandom(1);
        Assert.Equal([7, 5, 5, 3, 6, 1, 0, 3, 8, 5, 9, 9], Enumerable.Range(0, 12).Select(_ => random.NextBelow(10)));
    }

    [Fact]
    public void Fractions_are_the_golden_ones()
    {
        var random = new PortableRandom(1);
        Assert.Equal([0.7029218331588505, 0.5204366199388569, 0.5741057000197225], Enumerable.Range(0, 3).Select(_ => random.NextDouble()));
    }

    [Fact]
    public void A_shuffle_is_the_golden_one() => Assert.Equal([1, 8, 3, 0, 4, 5, 9, 6, 2, 7], new PortableRandom(7).Permutation(10));

    [Fact]
    public void A_permutation_holds_every_number_once() =>
        Assert.Equal(Enumerable.Range(0, 1000), new PortableRandom(3).Permutation(1000).Order());

    [Fact]
    public void Every_order_of_three_is_equally_likely()
    {
        var random = new PortableRandom(5);
        var seen = Enumerable.Range(0, 60_000).Select(_ => string.Join("", random.Permutation(3))).CountBy(order => order).ToList();
        Assert.Equal(6, seen.Count);
        Assert.All(seen, order => Assert.InRange(order.Value, 9_600, 10_400)); // 10,000 with a standard deviation of 91
    }

    [Fact]
    public void A_draw_that_would_favour_some_numbers_is_drawn_again()
    {
        // A quarter of all draws is refused for this bound; the first refused one is the fifth, 4822751933998380139.
        var random = new PortableRandom(1);
        Assert.Equal(
            [4862482185039029833, 3600135425474452695, 3971392844820634087, 2707026963971079518, 993163731737190060, 491457344433808982],
            Enumerable.Range(0, 6).Select(_ => random.NextBelow(3L << 61)));
    }

    [Fact]
    public void Whole_numbers_stay_below_the_largest_bound()
    {
        var random = new PortableRandom(9);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.InRange(random.NextBelow(long.MaxValue), 0, long.MaxValue - 1));
    }

    [Fact]
    public void A_bound_below_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PortableRandom(0).NextBelow(0));

    [Fact]
    public void A_generator_for_a_purpose_starts_at_its_derived_seed() =>
        Assert.Equal(
            new PortableRandom((ulong)Seeds.Derive(1, "shuffle", 2, 3)).NextBits(),
            PortableRandom.For(1, "shuffle", 2, 3).NextBits());
}
