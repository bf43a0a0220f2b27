using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Formats;

public sealed class TextBlocksTests : IDisposable
{
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    private List<TextBlock> Blocks(string text, int length, bool packed = false)
    {
        folder.With("a.txt", packed ? TextFolder.Gzip(text) : System.Text.Encoding.UTF8.GetBytes(text));
        return [.. TextBlocks.Read(new DataPath($"{folder.Root}/a.txt", "a.txt", IsNamed: true), "data.train", length)];
    }

    [Theory]
    [InlineData("one\ntwo\n\nthree", false)]
    [InlineData("one\ntwo\n\nthree\n", true)]
    [InlineData("no feed but spaces, tabs\t and\t  runs of    them", false)]
    [InlineData("nospaceatallbutmanylettersinoneline", false)]
    [InlineData("ünïcödé😀😀😀äöüßßßßßßß😀", true)]
    [InlineData("\uFEFFmark\nthen\n", false)]
    [InlineData("\n\n\n\n\n\n\n\n\n\n\n\n\n\n", false)]
    [InlineData("lf\r\nand\r\n\r\nfeeds\r\r\n.........\r\n", false)]
    public void Blocks_together_are_the_text_whatever_their_length(string text, bool packed)
    {
        var expected = text.TrimStart('\uFEFF').Replace("\r\n", "\n");
        for (var length = 8; length < 60; length++)
        {
            var blocks = Blocks(text, length, packed);
            Assert.Equal(expected, string.Concat(blocks.Select(block => block.Text)));
            Assert.All(blocks, block => Assert.NotEmpty(block.Text));
            Assert.Equal(Enumerable.Range(1, blocks.Count).Select(number => number == blocks.Count), blocks.Select(block => block.IsLast));
            Assert.All(blocks, block => Assert.False(char.IsLowSurrogate(block.Text[0])));
        }
    }

    [Fact]
    public void A_block_ends_with_a_line_or_before_white_space()
    {
        Assert.Equal(["one\ntwo\n", "three\n"], Blocks("one\ntwo\nthree\n", length: 10).Select(block => block.Text));
        Assert.Equal(["one two", "  three", " four"], Blocks("one two  three four", length: 10).Select(block => block.Text));
    }

    [Fact]
    public void A_byte_that_is_not_UTF_8_is_named_with_its_place_in_the_file()
    {
        folder.With("a.txt", [.. "first\nsecond\nthird\nfo"u8, 0xFF, .. "urth\n"u8]);
        Assert.StartsWith(
            "data.train: a.txt is not UTF-8: byte 0xFF at byte offset 21 (line 4)",
            TextFolder.MistakeOf(() => _ = TextBlocks.Read(new DataPath($"{folder.Root}/a.txt", "a.txt", IsNamed: true), "data.train", length: 8).Count()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void A_file_without_text_has_no_block(string text) => Assert.Empty(Blocks(text, length: 8));
}
