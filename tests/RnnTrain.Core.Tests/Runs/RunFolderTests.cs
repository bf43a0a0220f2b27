using RnnTrain.Configuration;
using RnnTrain.Runs;

namespace RnnTrain.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    private static string LineOf(Action act) => Assert.Single(Assert.Throws<UserMistakeException>(act).Lines);

    private RunFolder Begin(DateTimeOffset at)
    {
        var folder = RunFolder.Create(temporary.Path, "ptb", at);
        folder.Write(SampleManifest.Create());
        return folder;
    }

    [Fact]
    public void A_run_folder_is_named_after_the_second_it_started_in_UTC()
    {
        var folder = RunFolder.Create(temporary.Path, "ptb", SampleManifest.Noon.ToOffset(TimeSpan.FromHours(5)));
        Assert.Equal(Path.Combine(temporary.Path, "ptb", "20260304-123015"), folder.Path);
        Assert.True(Directory.Exists(folder.CheckpointFolder));
    }

    [Fact]
    public void Runs_of_the_same_second_have_folders_of_their_own()
    {
        var names = Enumerable.Range(0, 3).Select(_ => Path.GetFileName(Begin(SampleManifest.Noon).Path));
        Assert.Equal(["20260304-123015", "20260304-123015-2", "20260304-123015-3"], names);
    }

    [Fact]
    public async Task Runs_started_at_the_same_moment_never_share_a_folder()
    {
        var runs = Enumerable.Range(0, 16).Select(_ => Task.Run(() => RunFolder.Create(temporary.Path, "ptb", SampleManifest.Noon)));
        var folders = await Task.WhenAll(runs);
        Assert.Equal(16, folders.Select(folder => folder.Path).Distinct().Count());
    }

    [Fact]
    public void The_newest_run_of_a_name_is_opened()
    {
        for (var i = 0; i < 12; i++) Begin(SampleManifest.Noon);
        Begin(SampleManifest.Noon.AddDays(-1));
        RunFolder.Create(temporary.Path, "ptb", SampleManifest.Noon.AddDays(1)); // died before its manifest
        Directory.CreateDirectory(Path.Combine(temporary.Path, "ptb", "zz notes"));

        Assert.Equal("20260304-123015-12", Path.GetFileName(RunFolder.OpenNewest(temporary.Path, "ptb").Path));
        Assert.Equal("20260304-123015-12", Path.GetFileName(RunFolder.Open(temporary["ptb"]).Path));
        Assert.Equal("20260304-123015-12", Path.GetFileName(RunFolder.Open("ptb", temporary.Path).Path));
    }

    [Fact]
    public void A_run_is_opened_by_its_own_folder()
    {
        var folder = Begin(SampleManifest.Noon);
        Begin(SampleManifest.Noon.AddDays(1));
        Assert.Equal(folder.Path, RunFolder.Open(folder.Path).Path);
    }

    [Fact]
    public void A_given_folder_may_hold_other_things_but_no_run()
    {
        var given = temporary["job"];
        Directory.CreateDirectory(given);
        File.WriteAllText(Path.Combine(given, "slurm-1.out"), "");

        var folder = RunFolder.Create(temporary.Path, "ptb", SampleManifest.Noon, given);
        Assert.Equal(given, folder.Path);

        File.WriteAllText(folder.ConfigFile, "name: ptb\n");
        var mistake = Assert.Throws<UserMistakeException>(() => RunFolder.Create(temporary.Path, "ptb", SampleManifest.Noon, given));
        Assert.Contains($"--resume {given}", Assert.Single(mistake.Lines));
    }

    [Fact]
    public void A_place_that_cannot_be_written_to_is_a_mistake_of_the_user()
    {
        var file = temporary["file"];
        File.WriteAllText(file, "");
        var mistake = Assert.Throws<UserMistakeException>(() => RunFolder.Create(file, "ptb", SampleManifest.Noon));
        Assert.Contains("cannot write", mistake.Message);
        Assert.Contains("--run-dir", mistake.Message);
    }

    [Fact]
    public void A_file_of_the_run_that_the_disk_does_not_take_is_told_in_one_line()
    {
        var folder = Begin(SampleManifest.Noon);
        Directory.Delete(folder.Path, recursive: true);
        Assert.StartsWith(folder.ManifestFile, LineOf(() => folder.Write(SampleManifest.Create())));
        Assert.StartsWith(folder.ConfigFile, LineOf(() => folder.Write(folder.ConfigFile, "")));
    }

    [Fact]
    public void What_is_no_run_is_refused_with_the_runs_that_there_are()
    {
        Begin(SampleManifest.Noon);
        Assert.Contains("in " + temporary.Path + " there are: ptb", LineOf(() => RunFolder.Open("wiki", temporary.Path)));
        Directory.CreateDirectory(temporary["empty"]);
        Assert.Contains("no run is in it", LineOf(() => RunFolder.Open(temporary["empty"])));
        Assert.Contains("no run to resume", LineOf(() => RunFolder.OpenNewest(temporary.Path, "wiki")));
    }

    [Fact]
    public void A_run_folder_of_another_format_is_refused()
    {
        var folder = Begin(SampleManifest.Noon);
        File.WriteAllText(folder.ManifestFile, """{"format": 2, "layout": "of the future"}""");
        foreach (var open in new Action[] { () => RunFolder.Open(folder.Path), () => RunFolder.OpenNewest(temporary.Path, "ptb") })
        {
            var line = Assert.Single(Assert.Throws<UserMistakeException>(open).Lines);
            Assert.Contains("format 2", line);
            Assert.Contains("format 1", line);
        }
    }
}
