using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests;

public sealed class RandomTests
{
    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        var first = rand(5);
        manual_seed(7);
        var second = rand(5);
        var third = rand(5);
        Assert.True(first.Equals(second));
        Assert.False(first.Equals(third));
        Assert.Equal(7, initial_seed());
    }

    [Fact]
    public void The_state_of_the_generator_can_be_kept_and_put_back()
    {
        using var scope = NewDisposeScope();
        var state = random.get_rng_state();
        var first = randn(4);
        random.set_rng_state(state);
        Assert.True(first.Equals(randn(4)));
    }

    [Fact]
    public void A_generator_of_ones_own_leaves_the_default_alone()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        manual_seed(1);
        var expected = rand(3);
        manual_seed(1);
        var own = rand(3, generator: generator);
        Assert.True(expected.Equals(rand(3)));
        Assert.False(expected.Equals(own));
        generator.manual_seed(3);
        Assert.True(own.Equals(rand(3, generator: generator)));
    }

    [Fact]
    public void Distributions_stay_within_their_bounds()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var numbers = rand(1000);
        Assert.True(numbers.min().item<float>() >= 0 && numbers.max().item<float>() < 1);
        Assert.Equal(0.5, numbers.mean().ToDouble(), 0.05);
        Assert.Equal(1, randn(10000).std().ToDouble(), 0.05);
        var whole = randint(2, 5, new[] { 100L });
        Assert.Equal([2L, 3, 4], whole.unique().Item1.data<long>().ToArray());
        Near.Equal(randperm(20).sort().Item1, [.. Enumerable.Range(0, 20).Select(i => (double)i)]);
        Assert.True(zeros(1000).uniform_(-2, -1).max().item<float>() <= -1);
        Assert.Equal(3, zeros(10000).normal_(3, 2).mean().ToDouble(), 0.1);
        Assert.Equal(0.3, zeros(10000).bernoulli_(0.3).mean().ToDouble(), 0.03);
    }

    [Fact]
    public void Multinomial_draws_only_what_has_weight()
    {
        using var scope = NewDisposeScope();
        var draws = tensor(new[] { 0f, 1f, 0f }).multinomial(20, replacement: true);
        Near.Equal(draws, [.. Enumerable.Repeat(1.0, 20)]);
    }
}
