using RnnTrain.Checkpoints;
using RnnTrain.Configuration;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private static long LiveTensors => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private static readonly string[] Files = ["carried.safetensors", "model.safetensors", "optimizer.safetensors", "state.json"];

    private readonly TemporaryFolder temporary = new();
    private readonly DisposeScope scope = NewDisposeScope();

    private string Folder => temporary["checkpoints"];

    private CheckpointStore Store => CheckpointStore.Open(Folder);

    public void Dispose()
    {
        scope.Dispose();
        temporary.Dispose();
    }

    private static CheckpointContents At(long step, double? loss = null, bool carries = true) => new()
    {
        Step = step,
        Model = [("embedding.weight", full([3, 2], (float)step)), ("output.bias", arange(3))],
        Optimizer = [("momentum.embedding.weight", ones(3, 2))],
        Carried = carries ? [("h.0", zeros(1, 2))] : [],
        ProgressJson = $$"""{"step": {{step}}, "loss_sum": 0.1}""",
        ValidationLoss = loss,
    };

    private string FileOf(long step, string name) => Path.Combine(Folder, $"{step}", name);

    private string[] Entries() => EntriesOf(Folder);

    private static string[] EntriesOf(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private string MistakeOf(string selector) =>
        Assert.Single(Assert.Throws<UserMistakeException>(() => Store.Load(selector)).Lines);

    [Fact]
    public void A_checkpoint_comes_back_as_it_was_saved()
    {
        var saved = At(1200, loss: 4.605170185988092);
        new CheckpointStore(Folder, keep: 3).Save(saved);
        Assert.Equal(Files, Directory.EnumerateFiles(Path.Combine(Folder, "1200")).Select(Path.GetFileName).Order());

        var loaded = Store.Load("last");
        Assert.Equal(1200, loaded.Step);
        Assert.Equal(saved.ProgressJson, loaded.ProgressJson);
        Assert.Equal(saved.ValidationLoss, loaded.ValidationLoss);
        var pairs = new[] { (saved.Model, loaded.Model), (saved.Optimizer, loaded.Optimizer), (saved.Carried, loaded.Carried) };
        foreach (var (before, after) in pairs)
        {
            Assert.Equal(before.Select(named => named.Name).Order(), after.Select(named => named.Name).Order());
            foreach (var (name, tensor) in before)
                Assert.Equal(tensor.bytes.ToArray(), after.Single(named => named.Name == name).Tensor.bytes.ToArray());
        }
    }

    [Fact]
    public void The_same_state_saved_twice_gives_the_same_bytes()
    {
        var writer = new CheckpointStore(Folder, keep: 3);
        writer.Save(At(5, 1.5));
        var once = Files.Select(name => File.ReadAllBytes(FileOf(5, name))).ToArray();
        writer.Save(At(5, 1.5));
        Assert.Equal(once, Files.Select(name => File.ReadAllBytes(FileOf(5, name))));
        Assert.Equal(["5", "index.json"], Entries());
    }

    [Fact]
    public void A_checkpoint_saved_again_knows_what_was_measured_since()
    {
        var writer = new CheckpointStore(Folder, keep: 3);
        writer.Save(At(5));
        writer.Save(At(5, loss: 2, carries: false));
        Assert.Equal(2, Store.Load("5").ValidationLoss);
        Assert.Empty(Store.Load("5").Carried);
    }

    [Fact]
    public void The_newest_and_the_best_stay()
    {
        var writer = new CheckpointStore(Folder, keep: 2);
        double?[] losses = [3, 1, 2, null, double.NaN, 1];
        for (var i = 0; i < losses.Length; i++) writer.Save(At(100 * (i + 1), losses[i]));
        Assert.Equal(["200", "500", "600", "index.json"], Entries());
        Assert.Equal(200, Store.List().Single(one => one.IsBest).Step); // of equals the earliest
        Assert.Equal(600, Store.Newest);
        Assert.Equal([200L, 500, 600], Store.List().Select(one => one.Step));

        var reopened = new CheckpointStore(Folder, keep: 1);
        reopened.Save(At(700, 0.5));
        Assert.Equal(["700", "index.json"], Entries());
    }

    [Fact]
    public void Without_a_validation_loss_the_best_is_the_last()
    {
        var writer = new CheckpointStore(Folder, keep: 2);
        writer.Save(At(1));
        writer.Save(At(2, double.PositiveInfinity));
        Assert.Equal(2, Store.Load("best").Step);
    }

    [Fact]
    public void A_run_that_went_back_overtakes_the_checkpoints_of_its_former_future()
    {
        var store = new CheckpointStore(Folder, keep: 3);
        foreach (var step in new[] { 1, 2, 3 }) store.Save(At(step, -step)); // 3 is the best
        store.Load("1").Dispose();
        store.Save(At(2, 5));
        Assert.Equal(["1", "2", "index.json"], Entries());
        Assert.Equal(1, store.Load("best").Step);
        Assert.Equal(5, store.Load("last").ValidationLoss);
    }

    [Fact]
    public void The_index_lists_what_there_is_and_is_made_anew_where_it_is_damaged()
    {
        var writer = new CheckpointStore(Folder, keep: 2);
        writer.Save(At(10, 2.5));
        writer.Save(At(20));
        var index = Path.Combine(Folder, "index.json");
        var whole = File.ReadAllText(index);
        Assert.Equal(
            """
            {
              "format": 1,
              "best": 10,
              "last": 20,
              "checkpoints": [
                {
                  "step": 10,
                  "validation_loss": 2.5
                },
                {
                  "step": 20,
                  "validation_loss": null
                }
              ]
            }

            """,
            whole);

        foreach (var damage in new Action[] { () => File.WriteAllText(index, "{\"best\": 7"), () => File.Delete(index) })
        {
            damage();
            Assert.Equal(10, Store.Load("best").Step);
            _ = new CheckpointStore(Folder, keep: 2);
            Assert.Equal(whole, File.ReadAllText(index));
        }
    }

    [Fact]
    public void An_interrupted_write_is_never_read_and_cleared_away_by_the_next_run()
    {
        new CheckpointStore(Folder, keep: 3).Save(At(1));
        foreach (var leftover in new[] { ".writing-2", ".deleting-0", ".replaced-1" })
        {
            Directory.CreateDirectory(Path.Combine(Folder, leftover));
            foreach (var file in Files[..2]) File.Copy(FileOf(1, file), Path.Combine(Folder, leftover, file));
        }

        Assert.Equal(1, Store.Newest);
        _ = new CheckpointStore(Folder, keep: 3);
        Assert.Equal(["1", "index.json"], Entries());
        Assert.Equal(1, Store.Load("last").Step);
    }

    [Fact]
    public void A_checkpoint_that_stepped_aside_for_one_that_never_came_is_put_back()
    {
        new CheckpointStore(Folder, keep: 3).Save(At(1));
        Directory.Move(Path.Combine(Folder, "1"), Path.Combine(Folder, ".replaced-1"));
        _ = new CheckpointStore(Folder, keep: 3);
        Assert.Equal(1, Store.Load("last").Step);
    }

    [Fact]
    public void Every_file_cut_anywhere_or_changed_in_any_byte_is_noticed()
    {
        var writer = new CheckpointStore(Folder, keep: 3);
        writer.Save(At(1));
        writer.Save(At(2, 1.25));
        foreach (var name in Files)
        {
            var path = FileOf(2, name);
            var whole = File.ReadAllBytes(path);
            for (var place = 0; place < whole.Length; place++)
            {
                byte[] edited = [.. whole];
                edited[place] ^= 1;
                foreach (var damaged in new[] { whole[..place], edited })
                {
                    File.WriteAllBytes(path, damaged);
                    var line = MistakeOf("last");
                    Assert.StartsWith(Path.Combine(Folder, "2") + ": ", line);
                    Assert.Contains(name, line);
                    Assert.EndsWith("--checkpoint 1", line);
                }
            }

            File.WriteAllBytes(path, whole);
        }

        Assert.Equal(2, Store.Load("last").Step);
    }

    [Fact]
    public void A_missing_file_is_named_and_the_newest_good_checkpoint_before_it_offered()
    {
        var writer = new CheckpointStore(Folder, keep: 9);
        foreach (var step in new[] { 1, 2, 3, 4 }) writer.Save(At(step));
        File.Delete(FileOf(3, "optimizer.safetensors"));
        File.Delete(FileOf(2, "state.json"));
        Assert.Contains("optimizer.safetensors is missing", MistakeOf("3"));
        Assert.EndsWith("--checkpoint 1", MistakeOf("3"));
        Assert.Equal(3, Store.LoadModel("3").Step); // its model is good

        foreach (var step in new[] { 1, 4 }) File.Delete(FileOf(step, "model.safetensors"));
        Assert.Contains("train anew", MistakeOf("last"));
    }

    [Fact]
    public void The_model_alone_is_read_without_the_rest()
    {
        new CheckpointStore(Folder, keep: 1).Save(At(7));
        var loaded = Store.LoadModel("best");
        Assert.Equal(2, loaded.Model.Count);
        Assert.Empty(loaded.Optimizer);
        Assert.Empty(loaded.Carried);
    }

    [Fact]
    public void A_checkpoint_of_another_format_or_another_step_is_refused()
    {
        var writer = new CheckpointStore(Folder, keep: 3);
        writer.Save(At(1));
        writer.Save(At(2));
        Directory.Move(Path.Combine(Folder, "2"), Path.Combine(Folder, "9"));
        Assert.Contains("it is the checkpoint of step 2", MistakeOf("last"));
        File.WriteAllText(FileOf(9, "state.json"), """{"format": 2}""");
        Assert.Contains("format 2, this rnn reads 1", MistakeOf("last"));
    }

    [Fact]
    public void A_step_that_is_not_there_is_answered_with_those_that_are()
    {
        Assert.Contains("no checkpoint is in it", MistakeOf("last"));
        var writer = new CheckpointStore(Folder, keep: 3);
        writer.Save(At(1, 0.5));
        writer.Save(At(2));
        Assert.Contains("there are 1 (best), 2", MistakeOf("3"));
    }

    [Fact]
    public void A_full_disk_leaves_the_checkpoint_before_it_good()
    {
        using var disk = TinyDisk.Mount(megabytes: 2);
        var folder = Path.Combine(disk.Path, "checkpoints");
        var writer = new CheckpointStore(folder, keep: 3);
        writer.Save(At(1));
        var large = At(2) with { Optimizer = [("m", zeros(1 << 20))] }; // 4 MiB

        var line = Assert.Single(Assert.Throws<UserMistakeException>(() => writer.Save(large)).Lines);
        Assert.StartsWith(Path.Combine(folder, "2") + ": ", line);
        Assert.Contains("no space is left on the disk", line);
        Assert.Contains("it needs 4 MiB", line);
        Assert.EndsWith("the checkpoint of step 1 stays good", line);

        Assert.Equal(["1", "index.json"], EntriesOf(folder));
        Assert.Equal(1, CheckpointStore.Open(folder).Load("last").Step);
        writer.Save(At(2)); // room was made
        Assert.Equal(2, CheckpointStore.Open(folder).Load("last").Step);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_a_mistake_of_one_line()
    {
        File.WriteAllText(temporary["file"], "");
        var impossible = Path.Combine(temporary["file"], "checkpoints");
        Assert.Single(Assert.Throws<UserMistakeException>(() => new CheckpointStore(impossible, keep: 1)).Lines);
    }

    [Fact]
    public void Saving_leaves_no_tensor_behind()
    {
        var contents = At(1);
        var writer = new CheckpointStore(Folder, keep: 1);
        var before = LiveTensors;
        writer.Save(contents);
        Assert.Equal(before, LiveTensors);
    }

    [Fact]
    public void Loading_gives_what_it_loaded_to_the_caller_and_nothing_else()
    {
        new CheckpointStore(Folder, keep: 1).Save(At(1));
        var before = LiveTensors;
        var loaded = Store.Load("last", CPU);
        Assert.Equal(before + 4, LiveTensors);
        loaded.Dispose();
        Assert.Equal(before, LiveTensors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("Best")]
    [InlineData("1.0")]
    [InlineData("99999999999999999999")]
    public void What_is_no_selector_is_refused(string text) => Assert.Contains("must be best, last", MistakeOf(text));

    [Fact]
    public void What_is_open_for_reading_cannot_be_saved_to() => Assert.Throws<InvalidOperationException>(() => Store.Save(At(1)));
}
