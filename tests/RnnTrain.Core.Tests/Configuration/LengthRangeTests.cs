using RnnTrain.Configuration;

namespace RnnTrain.Tests.Configuration;

public sealed class LengthRangeTests
{
    [Theory]
    [InlineData("7", 7, 7)]
    [InlineData("1..100", 1, 100)]
    [InlineData("5..5", 5, 5)]
    [InlineData("1000000", 1_000_000, 1_000_000)]
    public void A_length_or_two_lengths_in_order_are_a_range(string text, int minimum, int maximum) =>
        Assert.Equal(new LengthRange(minimum, maximum), LengthRange.Parse(text, null));

    [Theory]
    [InlineData("7", "7")]
    [InlineData("1..100", "1..100")]
    [InlineData("5..5", "5")]
    public void What_is_written_can_be_read(string text, string written) => Assert.Equal(written, LengthRange.Parse(text, null).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("9..3")]
    [InlineData("1..2..3")]
    [InlineData("1..")]
    [InlineData("1.5")]
    [InlineData("1000001")]
    [InlineData("many")]
    public void Anything_else_is_refused_with_what_is_allowed(string text) =>
        Assert.Contains("1..100", Assert.Throws<FormatException>(() => LengthRange.Parse(text, null)).Message, StringComparison.Ordinal);
}
