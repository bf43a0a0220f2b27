using RnnTrain.Configuration;
using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Formats;

public sealed class DataPathsTests : IDisposable
{
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    private IEnumerable<string> Shown(params string[] entries) => new DataPaths(folder.Root).Resolve(entries, "data.train").Select(path => path.Shown);

    private string Mistake(params string[] entries) => TextFolder.MistakeOf(() => new DataPaths(folder.Root).Resolve(entries, "data.train"));

    private void SourceTree() => folder
        .With("src/b.cs", "b").With("src/a.cs", "a").With("src/B.cs", "B").With("src/x/c.cs", "c").With("src/x/y/d.cs", "d").With("src/x/readme.md", "r")
        .With("src/obj/generated.cs", "g").With("src/x/obj/deep.cs", "g").With("src/.hidden/h.cs", "h").With("src/.h.cs", "h");

    [Fact]
    public void Files_of_a_glob_come_in_ordinal_order_without_hidden_ones()
    {
        SourceTree();
        Assert.Equal(
            ["src/B.cs", "src/a.cs", "src/b.cs", "src/obj/generated.cs", "src/x/c.cs", "src/x/obj/deep.cs", "src/x/y/d.cs"],
            Shown("src/**/*.cs"));
    }

    [Theory]
    [InlineData("src/*.cs", "src/B.cs src/a.cs src/b.cs")]
    [InlineData("src/x/read??.md", "src/x/readme.md")]
    [InlineData("src/*/c.cs", "src/x/c.cs")]
    [InlineData("**/y/*", "src/x/y/d.cs")]
    [InlineData("src/x/y/**", "src/x/y/d.cs")]
    [InlineData("src/.hidden/*", "src/.hidden/h.cs")]
    [InlineData("src/x/y/../*.cs", "src/x/c.cs")]
    [InlineData("src/**/*.cs|!**/obj/**", "src/B.cs src/a.cs src/b.cs src/x/c.cs src/x/y/d.cs")]
    [InlineData("src/**/*.cs|!src/obj/*|!src/?.cs", "src/x/c.cs src/x/obj/deep.cs src/x/y/d.cs")]
    [InlineData("src/b.cs|src/*.cs|!src/*.cs", "src/b.cs")]
    [InlineData("src/b.cs|src/?.cs", "src/b.cs src/B.cs src/a.cs")]
    public void Globs_exclusions_and_names_find_what_they_say(string entries, string expected)
    {
        SourceTree();
        Assert.Equal(expected.Split(' '), Shown(entries.Split('|')));
    }

    [Fact]
    public void A_link_to_a_folder_is_not_followed()
    {
        folder.With("a/x.txt", "x");
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "a/loop"), Path.Combine(folder.Root, "a"));
        Assert.Equal(["a/x.txt"], Shown("**/*.txt"));
    }

    [Fact]
    public void A_missing_file_with_a_near_name_is_asked_about()
    {
        folder.With("ptb/ptb.train.txt", "a b").With("wiki/train.txt.gz", "packed");
        Assert.Equal("data.train: ptb/ptb.trian.txt does not exist; did you mean ptb/ptb.train.txt?", Mistake("ptb/ptb.trian.txt"));
        Assert.Equal("data.train: wiki/train.txt does not exist; did you mean wiki/train.txt.gz?", Mistake("wiki/train.txt"));
    }

    [Fact]
    public void A_missing_file_with_no_near_name_is_told_where_paths_start()
    {
        folder.With("a.txt", "a");
        var mistake = Mistake("something_else.txt");
        Assert.StartsWith($"data.train: something_else.txt does not exist in {folder.Root}", mistake);
        Assert.Contains("--data-root or RNN_DATA", mistake);
        Assert.Contains($"there is no folder {folder.Root}/none", Mistake("none/a.txt"));
    }

    [Fact]
    public void A_folder_is_a_mistake_that_proposes_a_glob()
    {
        folder.With("texts/a.txt", "a");
        Assert.Equal("data.train: texts/ is a folder; name a file, or a glob such as texts/**/*.txt", Mistake("texts/"));
    }

    [Theory]
    [InlineData("*.txt")]
    [InlineData("none/**/*.txt")]
    public void A_glob_that_matches_nothing_is_a_mistake(string glob) =>
        Assert.StartsWith($"data.train: '{glob}' matches no file below {folder.Root}", Mistake(glob));

    [Fact]
    public void Exclusions_that_leave_nothing_are_a_mistake()
    {
        folder.With("a.txt", "a");
        Assert.Equal("data.train: no file is left of *.txt, !a*", Mistake("*.txt", "!a*"));
        Assert.Equal("data.train: no file is left of !a*", Mistake("!a*"));
    }

    [Fact]
    public void An_empty_path_is_a_mistake() => Assert.Equal("data.train: an empty path; name a file", Mistake(""));

    [Fact]
    public void Every_bad_path_is_reported_at_once()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => new DataPaths(folder.Root).Resolve(["a.txt", "*.md", "b/c.txt"], "data.train"));
        Assert.Equal(3, mistake.Lines.Count);
    }
}
