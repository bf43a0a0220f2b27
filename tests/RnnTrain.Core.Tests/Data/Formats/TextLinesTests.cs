using RnnTrain.Configuration;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Formats;

public sealed class TextLinesTests : IDisposable
{
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    private IEnumerable<TextLine> Lines(string name) => TextLines.Read(new DataPath(Path.Combine(folder.Root, name), name, IsNamed: true), "data.train");

    private string Mistake(string name) => TextFolder.MistakeOf(() => Lines(name).ToList());

    [Theory]
    [InlineData("one\ntwo\n", "one|two")]
    [InlineData("one\ntwo", "one|two")]
    [InlineData("one\r\n\r\ntwo\r\n", "one||two")]
    [InlineData("\uFEFFone\rtwo\n", "one\rtwo")]
    [InlineData("\n", "")]
    [InlineData("\uFEFF\n\uFEFFone", "|\uFEFFone")]
    public void Lines_end_in_a_line_feed_with_or_without_a_carriage_return(string text, string lines)
    {
        folder.With("a.txt", text);
        Assert.Equal(lines, string.Join('|', Lines("a.txt").Select(line => line.Text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void A_file_without_text_has_no_line(string text)
    {
        folder.With("a.txt", text);
        Assert.Empty(Lines("a.txt"));
    }

    [Fact]
    public void Lines_of_any_length_are_whole_and_numbered_packed_or_not()
    {
        var random = new Random(1);
        string[] lines = [.. Enumerable.Range(0, 3000).Select(_ => new string('é', random.Next(300))), new string('ü', 200_000), "end"];
        folder.With("a.txt", string.Join('\n', lines)).With("b.gz", TextFolder.Gzip(string.Join("\r\n", lines)));
        foreach (var name in new[] { "a.txt", "b.gz" })
        {
            Assert.Equal(lines, Lines(name).Select(line => line.Text));
            Assert.Equal($"{name}:3002", Lines(name).Last().Place.ToString());
        }
    }

    [Fact]
    public void A_gzip_file_is_known_by_its_first_bytes()
    {
        folder.With("a.txt", TextFolder.Gzip("packed\n")).With("both", [.. TextFolder.Gzip("a longer text\n"), .. TextFolder.Gzip("two\n")]);
        Assert.Equal(["packed"], Lines("a.txt").Select(line => line.Text));
        Assert.Equal(["a longer text", "two"], Lines("both").Select(line => line.Text));
    }

    [Fact]
    public void A_damaged_gzip_file_is_a_mistake_where_the_damage_is_reached()
    {
        var packed = TextFolder.Gzip(string.Concat(Enumerable.Range(0, 100_000).Select(number => $"{number}\n")));
        var edited = packed.ToArray();
        edited[packed.Length / 2] ^= 1;
        folder.With("cut.gz", packed[..^200]).With("stub.gz", packed[..5]).With("edited.gz", edited).With("wrong.gz", "no gzip at all");
        foreach (var name in new[] { "cut.gz", "stub.gz", "edited.gz", "wrong.gz" })
            Assert.Equal($"data.train: {name} is not a whole gzip file; fetch or pack it again", Mistake(name));
        Assert.Equal("0", Lines("cut.gz").First().Text);
    }

    [Fact]
    public void A_byte_that_is_not_UTF_8_is_named_with_its_offset_and_line()
    {
        folder.With("a.txt", [.. "ü\nfine\nab"u8, 0xE9, .. " cd\n"u8]);
        Assert.Equal(
            "data.train: a.txt is not UTF-8: byte 0xE9 at byte offset 10 (line 3); convert it, for instance with `iconv -f latin1 -t utf-8`", Mistake("a.txt"));
        Assert.Equal(["ü", "fine"], Lines("a.txt").Take(2).Select(line => line.Text));
    }

    [Fact]
    public void UTF_16_is_named_as_such()
    {
        folder.With("a.txt", [0xFF, 0xFE, 0x61, 0x00]);
        Assert.StartsWith("data.train: a.txt is UTF-16, not UTF-8; convert it", Mistake("a.txt"));
    }

    [Fact]
    public void A_file_that_is_gone_is_a_mistake() => Assert.StartsWith("data.train: a.txt cannot be read: ", Mistake("a.txt"));

    [Fact]
    public void Lines_of_a_stream_are_named_as_one_likes()
    {
        using var stream = new MemoryStream([.. "one\ntwo "u8, 0xFF]);
        var mistake = Assert.Throws<UserMistakeException>(() => TextLines.Read(stream, "standard input", "--input").ToList());
        Assert.StartsWith("--input: standard input is not UTF-8: byte 0xFF at byte offset 8 (line 2)", Assert.Single(mistake.Lines));
    }

    [Fact]
    public void A_large_file_is_not_held_in_memory()
    {
        var line = new string('x', 999) + "\n";
        folder.With("a.gz", TextFolder.Gzip(string.Concat(Enumerable.Repeat(line, 30_000)))); // 30 MB of text
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (most, count) = (0L, 0);
        foreach (var _ in Lines("a.gz"))
        {
            if (++count % 3000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(30_000, count);
        Assert.InRange(most, 0, 5_000_000);
    }
}
