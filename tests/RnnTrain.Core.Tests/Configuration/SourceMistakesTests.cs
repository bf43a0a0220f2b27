using System.Text;

namespace RnnTrain.Tests.Configuration;

/// <summary>Files that cannot be read as a tree of keys, with the whole line that a person reads.</summary>
public sealed class SourceMistakesTests
{
    public static TheoryData<string, string> Texts => new()
    {
        { "", "c.yaml: the file is empty; start from one of configs/" },
        { "# only a comment\n", "c.yaml: the file is empty; start from one of configs/" },
        { "---\n", "c.yaml: the file is empty; start from one of configs/" },
        { "null\n", "c.yaml: the file is empty; start from one of configs/" },
        { "name: a\n\tseed: 1\n", "c.yaml:2:1: not valid YAML: a tab in the indentation; use spaces" },
        { "model:\n\tlayers: 1\n", "c.yaml:2:1: not valid YAML: a tab in the indentation; use spaces" },
        { "name: a\nseed 1\n", "c.yaml:2:1: not valid YAML: neither a key with ': ' nor the value before it goes on; correct the indentation or the quotes" },
        { "name:a\n", "c.yaml:1:1: a key is followed by ': ', with a space, and its value" },
        { "- name\n", "c.yaml:1:1: a configuration is a block of keys, and begins for instance with `name: my_run`" },
        { "[name]\n", "c.yaml:1:1: a configuration is a block of keys, and begins for instance with `name: my_run`" },
        { "name: a\n  seed: 1\n", "c.yaml:2:7: not valid YAML: a ':' where no key can stand; correct the indentation, or put a value that holds ': ' in quotes" },
        { "  name: a\n seed: 1\n", "c.yaml:2:2: not valid YAML: indented less than the first key; indent the keys of a block alike" },
        { "name: a: b\n", "c.yaml:1:8: not valid YAML: a ':' where no key can stand; correct the indentation, or put a value that holds ': ' in quotes" },
        { "name: @a\n", "c.yaml:1:7: not valid YAML: no value begins with this character; put the value in quotes" },
        { "name: \"a\nseed: 1\n", "c.yaml:1:7: not valid YAML: the quotes that open here are not closed; close them" },
        { "name: 'a\nseed: 1\n", "c.yaml:1:7: not valid YAML: the quotes that open here are not closed; close them" },
        { "name: \"\\q\"\n", "c.yaml:1:7: not valid YAML: in double quotes a backslash begins an escape; write \\\\ for a backslash, or use single quotes" },
        { "data: {train: [a, b\nseed: 1\n", "c.yaml:1:16: not valid YAML after this; close what is open: brackets, braces, quotes" },
        { "data: {train: a\nseed: 1\n", "c.yaml:1:8: not valid YAML after this; close what is open: brackets, braces, quotes" },
        { "data: {train: [${A}]}\n", "c.yaml:1:17: not valid YAML: inside brackets, put ${…} in quotes" },
        { "data: {train: [a, , b]}\n", "c.yaml:1:19: not valid YAML: a value is missing; write it, or remove the comma" },
        { "data: - a\n", "c.yaml:1:7: not valid YAML: a list with '-' begins in the line below its key; move it there" },
        { "data: ]\n", "c.yaml:1:7: not valid YAML: a value is missing; write it, or remove the comma" },
        { "name: a\n---\nname: b\n", "c.yaml:2:1: a second document begins here; a configuration is one document: remove the '---'" },
        { "? [a]\n: 1\n", "c.yaml:1:3: a key must be one word" },
        { ": 1\n", "c.yaml:1:1: a key must be one word" },
        { "name: a\u0000b\n", "c.yaml:1:8: found the control character U+0000; remove it" },
        { "name: 'it's'\n", "c.yaml:1:11: not valid YAML: neither a key with ': ' nor the value before it goes on; correct the indentation or the quotes" },
        { "{\"name\": \"a\" \"seed\": 1}", "c.yaml:1:14: not valid YAML: a comma or the closing bracket is missing" },
        { "a: " + new string('[', 80), "c.yaml:1:68: nested deeper than 64 blocks; no configuration needs that" },
        { "%YAML 9.9\n---\na: 1\n", "c.yaml:1:1: not valid YAML: Found incompatible YAML document; correct the indentation, quotes or brackets here or in the line before" },
        { "a: !<x", "c.yaml:1:4: not valid YAML: a text that begins with '!' needs quotes" },
        { "a: *", "c.yaml:1:4: not valid YAML: a text that begins with '*' or '&' needs quotes" },
        { "name: \"\\ud800\"\n", "c.yaml:1:7: not valid YAML: an escape in these quotes is no character; correct it" },
        { "extends: [a]\n", "c.yaml:1:10: extends: name one file, by its path from the folder of this file" },
        { "extends:\n", "c.yaml:1:9: extends: name one file, by its path from the folder of this file" },
        { "extends: other.yml\n", "c.yaml:1:10: extends: the file 'other.yml' does not exist; did you mean 'other.yaml'?" },
        { "extends: none/x.yaml\n", "c.yaml:1:10: extends: the file 'none/x.yaml' does not exist; neither does its folder 'none'" },
        { "extends: c.yaml\n", "c.yaml:1:10: extends: c.yaml extends c.yaml: a circle; remove one of these" },
        { "extends: ${BASE}\n", "c.yaml:1:10: extends: the environment variable BASE is not set; set it, or write ${BASE:-default}" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_that_is_no_configuration_is_one_clear_line(string text, string line)
    {
        using var folder = new ConfigFolder().With("c.yaml", text).With("other.yaml", "name: a\n");
        Assert.Equal(line, Assert.Single(folder.Mistakes("c.yaml")));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'n', (byte)'a', (byte)':', (byte)' ', 0xE4, (byte)'\n' }, "c.yaml: byte 4: 0xE4 is not UTF-8; save the file as UTF-8")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'a', 0xFF }, "c.yaml: byte 4: 0xFF is not UTF-8; save the file as UTF-8")]
    [InlineData(new byte[] { (byte)'a', 0xE2, 0x82 }, "c.yaml: byte 1: 0xE2 is not UTF-8; save the file as UTF-8")]
    [InlineData(new byte[] { (byte)'a', 0xED, 0xA0, 0x80 }, "c.yaml: byte 1: 0xED is not UTF-8; save the file as UTF-8")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, "c.yaml: byte 0: the file is UTF-16; save it as UTF-8")]
    public void A_file_that_is_not_UTF_8_is_refused_with_the_byte_offset(byte[] bytes, string line)
    {
        using var folder = new ConfigFolder().With("c.yaml", bytes);
        Assert.Equal(line, Assert.Single(folder.Mistakes("c.yaml")));
    }

    [Fact]
    public void A_byte_order_mark_is_skipped()
    {
        using var folder = new ConfigFolder().With("c.yaml", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(ConfigFolder.Valid)]);
        Assert.Equal("trial", folder.Load("c.yaml").Config.Name);
    }

    [Fact]
    public void Windows_line_ends_change_nothing()
    {
        using var folder = new ConfigFolder().With("c.yaml", ConfigFolder.Valid.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal("trial", folder.Load("c.yaml").Config.Name);
    }

    [Fact]
    public void A_missing_file_is_named_with_the_one_that_was_meant()
    {
        using var folder = new ConfigFolder().With("config.yaml", ConfigFolder.Valid);
        Assert.Equal("confg.yaml: the file 'confg.yaml' does not exist; did you mean 'config.yaml'?", Assert.Single(folder.Mistakes("confg.yaml")));
    }

    [Fact]
    public void A_folder_is_no_configuration()
    {
        using var folder = new ConfigFolder().With("configs/c.yaml", ConfigFolder.Valid);
        Assert.Equal("configs: 'configs' is a folder; name a configuration file", Assert.Single(folder.Mistakes("configs")));
    }
}
