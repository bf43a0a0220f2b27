using System.Security.Cryptography;
using RnnTrain.Configuration;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Formats;

public sealed class PlainTextFormatTests : IDisposable
{
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Text(params string[] entries) => string.Concat(folder.Read(entries).Select(file => string.Concat(file.Blocks().Select(block => block.Text))));

    private string Mistake(params string[] entries) => TextFolder.MistakeOf(() => folder.Read(entries));

    [Fact]
    public void A_file_is_read_as_it_is()
    {
        folder.With("a.txt", "naïve 😀\n\tend");
        Assert.Equal("naïve 😀\n\tend", Text("a.txt"));
    }

    [Theory]
    [InlineData("a.txt.gz")]
    [InlineData("a.txt")]
    public void A_gzip_file_is_unpacked_whatever_its_name(string name)
    {
        folder.With(name, TextFolder.Gzip("packed\n"));
        Assert.Equal("packed\n", Text(name));
    }

    [Fact]
    public void A_byte_order_mark_is_skipped_and_carriage_returns_before_line_feeds_go()
    {
        folder.With("a.txt", "\uFEFFone\r\ntwo\rthree\r\n");
        Assert.Equal("one\ntwo\rthree\n", Text("a.txt"));
    }

    [Fact]
    public void Lines_of_two_files_never_run_into_each_other_and_the_last_file_stays_as_it_is()
    {
        folder.With("a.txt", "one").With("b.txt", "two\n").With("c.txt", "three");
        Assert.Equal("one\ntwo\nthree", Text("a.txt", "b.txt", "c.txt"));
    }

    [Fact]
    public void The_manifest_gets_size_and_checksum_of_the_file_on_disk()
    {
        var packed = TextFolder.Gzip("packed\n");
        folder.With("sub/a.txt.gz", packed);
        var file = folder.Read("sub/a.txt.gz").Single().File;
        Assert.Equal("train", file.Split);
        Assert.Equal("sub/a.txt.gz", file.Path);
        Assert.Equal(packed.Length, file.Bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(packed)), file.Sha256);
    }

    [Fact]
    public void A_file_outside_the_data_root_is_shown_with_its_whole_path()
    {
        using var elsewhere = new TextFolder().With("a.txt", "text");
        Assert.Equal($"{elsewhere.Root}/a.txt", folder.Read($"{elsewhere.Root}/a.txt").Single().File.Path);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    public void A_byte_that_is_not_UTF_8_is_named_with_its_offset_and_line(int before)
    {
        folder.With("a.txt", [.. System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("ü\n", before))), .. "ab"u8, 0xFF, .. "cd"u8]);
        Assert.Equal(
            $"data.train: a.txt is not UTF-8: byte 0xFF at byte offset {3 * before + 2} (line {before + 1}); convert it, for instance with `iconv -f latin1 -t utf-8`",
            Mistake("a.txt"));
    }

    [Fact]
    public void A_character_cut_off_by_the_end_of_the_file_is_not_UTF_8()
    {
        folder.With("a.txt", [.. "ab"u8, 0xE2, 0x82]);
        Assert.Contains("byte 0xE2 at byte offset 2 (line 1)", Mistake("a.txt"));
    }

    [Fact]
    public void UTF_16_is_named_as_such()
    {
        folder.With("a.txt", [0xFF, 0xFE, 0x61, 0x00]);
        Assert.Contains("a.txt is UTF-16, not UTF-8", Mistake("a.txt"));
    }

    [Fact]
    public void An_empty_file_is_a_mistake()
    {
        folder.With("a.txt", "");
        Assert.Equal("data.train: a.txt is empty", Mistake("a.txt"));
    }

    [Fact]
    public void A_file_of_a_byte_order_mark_alone_is_empty()
    {
        folder.With("a.txt", "\uFEFF");
        Assert.Equal("data.train: a.txt is empty", Mistake("a.txt"));
    }

    [Fact]
    public void An_empty_file_among_those_of_a_glob_is_passed_over_but_not_if_all_are_empty()
    {
        folder.With("a.txt", "").With("b.txt", "").With("c.md", "text");
        Assert.Equal("text", Text("*.*"));
        Assert.Equal("data.train: all 2 files are empty", Mistake("*.txt"));
    }

    [Fact]
    public void A_damaged_gzip_file_is_a_mistake()
    {
        var packed = TextFolder.Gzip(string.Concat(Enumerable.Range(0, 1000)));
        var edited = packed.ToArray();
        edited[packed.Length / 2] ^= 1;
        folder.With("cut.gz", packed[..^200]).With("stub.gz", packed[..5]).With("edited.gz", edited).With("wrong.gz", "no gzip at all");
        foreach (var name in new[] { "cut.gz", "stub.gz", "edited.gz", "wrong.gz" })
            Assert.Equal($"data.train: {name} is not a whole gzip file; fetch or pack it again", Mistake(name));
    }

    [Fact]
    public void Gzip_files_packed_one_after_another_are_one_text()
    {
        folder.With("both.gz", [.. TextFolder.Gzip("one, a longer text\n"), .. TextFolder.Gzip("two\n")]);
        Assert.Equal("one, a longer text\ntwo\n", Text("both.gz"));
    }

    [Fact]
    public void Every_bad_file_is_reported_at_once()
    {
        folder.With("a.txt", "").With("b.txt", [0xFF]);
        var mistake = Assert.Throws<UserMistakeException>(() => folder.Read("a.txt", "b.txt"));
        Assert.Equal(2, mistake.Lines.Count);
    }

    [Fact]
    public void Every_format_of_the_table_describes_itself()
    {
        Assert.Contains(("plain_text", typeof(PlainTextOptions)), FormatTable.Formats.Select(entry => (entry.Name, entry.OptionsType)));
        Assert.All(FormatTable.Formats, entry => Assert.NotEmpty(entry.Summary));
    }
}
