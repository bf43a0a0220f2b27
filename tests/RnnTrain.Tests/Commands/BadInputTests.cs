using RnnTrain.Commands;

namespace RnnTrain.Tests.Commands;

/// <summary>Whatever is wrong with what the user wrote is told in one clear line, with exit code 2.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("model: {embeding_size: 6", "embeding_size", "did you mean")]
    [InlineData("model.hidden_size=many", "many")]
    [InlineData("training.optimizer.learning_rat=1", "learning_rat", "did you mean")]
    [InlineData("data.batching.batch_size=100000", "batch_size", "at most")]
    [InlineData("data.train=nowhere.txt", "nowhere.txt")]
    [InlineData("model.bidirectional=true", "bidirectional")]
    [InlineData("training.truncate_after=11", "truncate_after")]
    [InlineData("name=a/b", "a/b")]
    [InlineData("model.cell={type: gru, projection: 4}", "model.cell.projection", "unknown key; allowed here: type, reset_after")]
    [InlineData("model.cell={type: lstm, projection: 4096}", "model.cell.projection", "give fewer than")]
    [InlineData("model.cell={type: slstm, heads: 5}", "model.cell.heads", "cannot be divided among 5 heads; use")]
    [InlineData("model.cell={type: elman, activation: cosine}", "model.cell.activation", "cosine", "tanh, relu or sigmoid")]
    [InlineData("training.accumulate=3", "training.accumulate", "3 does not divide data.batching.batch_size, 4", "2 and 4")]
    [InlineData("training.optimizer={type: asgd, learning_rate: 1}\ntraining.average=polyak", "training.average", "averages the weights itself")]
    [InlineData("training.optimizer={type: asgd, learning_rate: 1}\ndata.split.validation=0", "training.optimizer", "average_after")]
    [InlineData("training.average=polyak\ndata.split.validation=0", "training.average", "after_steps")]
    [InlineData("training.on_non_finite={type: back, factor: 1}", "training.on_non_finite.factor", "below 1")]
    [InlineData("training.on_non_finite=ignore", "training.on_non_finite", "stop, skip or back")]
    [InlineData("training.clip_value=0", "training.clip_value", "above 0")]
    public void A_key_that_does_not_fit_is_named(string set, params string[] fragments)
    {
        using var rnn = new Rnn();
        string[] arguments = set.StartsWith("model: ", StringComparison.Ordinal)
            ? ["train", rnn.Write("bad.yaml", Rnn.Config.Replace("embedding_size", "embeding_size", StringComparison.Ordinal))]
            : ["train", rnn["config.yaml"], .. set.Split('\n').SelectMany(one => new[] { "--set", one })];
        AssertMistake(rnn, arguments, fragments);
    }

    /// <summary>What cannot go together is refused with the reason and the nearest thing that can.</summary>
    [Theory]
    [InlineData("model.dropout.recurrent_weights=0.5 model.cell={type: min_gru}", "weight drop on min_gru", "dropout.between_layers")]
    [InlineData("model.connections=residual model.layers=1", "there is one layer", "none")]
    [InlineData("model.zoneout={hidden: 0.1} model.path=fused", "fused is not possible", "use auto")]
    [InlineData("model.zoneout={memory: 0.1} model.cell={type: gru}", "no memory c", "model.zoneout.hidden")]
    [InlineData("model.zoneout={hidden: 0.1} model.cell={type: mlstm}", "no h that it puts out", "lstm")]
    [InlineData("model.layer_sizes=[8, 8]", "model.layer_sizes", "give one of the two")]
    [InlineData("model.combine=sum", "model.combine", "bidirectional")]
    [InlineData("training.label_smoothing=0.1 model.output={type: sampled, samples: 3}", "label_smoothing", "full")]
    [InlineData("training.penalty={l1: 0}", "training.penalty", "l1 or l2")]
    [InlineData("data.batching.random_steps={minimum: 99}", "minimum", "smaller")]
    [InlineData("data.batching.random_steps={} training.loss_reduction=sum_over_time", "sum_over_time", "use mean")]
    public void What_cannot_go_together_is_refused_with_what_can(string sets, params string[] fragments)
    {
        using var rnn = new Rnn();
        var parts = System.Text.RegularExpressions.Regex.Split(sets, " (?=(?:model|training|data)\\.)");
        AssertMistake(rnn, ["train", rnn["config.yaml"], .. parts.SelectMany(set => new[] { "--set", set })], fragments);
    }

    [Fact]
    public void An_empty_text_is_named() =>
        WithText([], rnn => AssertMistake(rnn, ["train", rnn["config.yaml"]], "text.txt", "empty"));

    [Fact]
    public void A_text_that_is_not_utf8_is_named_with_the_byte() =>
        WithText([(byte)'a', (byte)'b', 0xFF, (byte)'c'], rnn => AssertMistake(rnn, ["train", rnn["config.yaml"]], "text.txt", "0xFF", "2"));

    [Fact]
    public void A_text_of_one_symbol_cannot_be_learned() =>
        WithText([.. Enumerable.Repeat((byte)'a', 500)], rnn => AssertMistake(rnn, ["train", rnn["config.yaml"]], "one"));

    [Fact]
    public void A_missing_config_is_named()
    {
        using var rnn = new Rnn();
        AssertMistake(rnn, ["train", rnn["nothing.yaml"]], "nothing.yaml");
    }

    [Fact]
    public void A_duplicate_key_is_named_with_its_place()
    {
        using var rnn = new Rnn();
        AssertMistake(rnn, ["train", rnn.Write("bad.yaml", Rnn.Config + "\nname: again\n")], "name", "bad.yaml:");
    }

    [Fact]
    public void Configs_that_extend_each_other_are_named()
    {
        using var rnn = new Rnn();
        rnn.Write("one.yaml", "extends: two.yaml\n");
        rnn.Write("two.yaml", "extends: one.yaml\n");
        AssertMistake(rnn, ["train", rnn["one.yaml"]], "one.yaml", "two.yaml");
    }

    [Fact]
    public void A_run_folder_that_cannot_be_written_is_named()
    {
        using var rnn = new Rnn();
        var file = rnn.Write("file", "in the way");
        AssertMistake(rnn, ["train", rnn["config.yaml"], "--run-dir", Path.Combine(file, "run")], "file");
    }

    [Fact]
    public void A_prompt_the_model_cannot_read_is_named()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        AssertMistake(rnn, ["generate", "tiny", "--prompt", "the ☃"], "U+2603");
    }

    [Fact]
    public void A_sample_that_cannot_be_read_is_named_before_training()
    {
        using var rnn = new Rnn();
        AssertMistake(rnn, ["train", rnn.Write("sample.yaml", Rnn.Config + "\nsample: {prompt: \"the ☃\"}\n")], "sample.prompt", "U+2603");
        Assert.False(Directory.Exists(rnn["runs"]));
    }

    [Theory]
    [InlineData("model.cell=gru", "model.cell.type: lstm → gru")]
    [InlineData("data.tokens=bytes", "data.tokens.type: characters → bytes")]
    public void A_trained_model_is_used_as_it_was_trained(string set, string fragment)
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        AssertMistake(rnn, ["evaluate", "tiny", "--set", set], fragment);
        rnn.Done("evaluate", "tiny", "--set", "model.path=unrolled", "--set", "evaluation.batch_size=1");
    }

    [Fact]
    public void A_checkpoint_to_go_on_from_needs_a_run_that_has_it()
    {
        using var rnn = new Rnn();
        AssertMistake(rnn, ["train", rnn["config.yaml"], "--checkpoint", "5"], "--resume");
        Assert.False(Directory.Exists(rnn["runs"]));
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        Directory.Delete(Path.Combine(rnn.NewestRun(), "checkpoints"), recursive: true);
        AssertMistake(rnn, ["train", rnn["config.yaml"], "--resume", "--checkpoint", "5"], "no checkpoint");
    }

    [Fact]
    public void A_run_of_another_format_is_refused()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        var manifest = Path.Combine(rnn.NewestRun(), "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"format\": 1", "\"format\": 99", StringComparison.Ordinal));
        AssertMistake(rnn, ["evaluate", "tiny"], "99");
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_and_the_one_before_it_offered()
    {
        using var rnn = new Rnn();
        rnn.Done("train", rnn["config.yaml"], "--quiet");
        var checkpoints = Directory.EnumerateDirectories(Path.Combine(rnn.NewestRun(), "checkpoints")).OrderBy(path => long.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var weights = Path.Combine(checkpoints[^1], "model.safetensors");
        var bytes = File.ReadAllBytes(weights);
        bytes[^5] ^= 1;
        File.WriteAllBytes(weights, bytes);
        AssertMistake(rnn, ["evaluate", "tiny", "--checkpoint", "last"], "model.safetensors", $"--checkpoint {Path.GetFileName(checkpoints[^2])}");
        rnn.Done("evaluate", "tiny", "--checkpoint", Path.GetFileName(checkpoints[^2]));
    }

    [Theory]
    [InlineData("tf32", "TF32 is a mode of the tensor cores")]
    [InlineData("fp16", "no matrix product")]
    public void A_precision_that_the_CPU_lacks_is_a_missing_capability(string precision, string reason)
    {
        using var rnn = new Rnn();
        foreach (var command in new[] { "train", "check" })
        {
            var (exitCode, _, error) = rnn.Run(command, rnn["config.yaml"], "--set", $"precision={precision}");
            Assert.Equal(ExitCodes.MissingCapability, exitCode);
            Assert.Contains($"precision: {precision}", error, StringComparison.Ordinal);
            Assert.Contains(reason, error, StringComparison.Ordinal);
            Assert.Single(error.TrimEnd().Split('\n'));
        }
    }

    [Fact]
    public void Cuda_on_a_machine_without_it_is_a_missing_capability()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "this machine has CUDA");
        using var rnn = new Rnn();
        var (exitCode, _, error) = rnn.Run("train", rnn["config.yaml"], "--set", "device=cuda");
        Assert.Equal(ExitCodes.MissingCapability, exitCode);
        Assert.Contains("cuda", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_model_that_no_memory_holds_is_a_missing_capability()
    {
        using var rnn = new Rnn();
        var (exitCode, _, error) = rnn.Run("check", rnn["config.yaml"], "--set", "model.hidden_size=1000000000");
        Assert.Equal(ExitCodes.MissingCapability, exitCode);
        Assert.Contains("memory", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("trian")]
    [InlineData("train")]
    [InlineData("train", "config.yaml", "--no-such-option")]
    [InlineData("list", "nonsense")]
    public void A_command_line_that_makes_no_sense_is_a_mistake(params string[] arguments)
    {
        using var rnn = new Rnn();
        Assert.Equal(ExitCodes.Mistake, rnn.Run(arguments).ExitCode);
    }

    private static void AssertMistake(Rnn rnn, string[] arguments, params string[] fragments)
    {
        var (exitCode, _, error) = rnn.Run(arguments);
        Assert.True(exitCode == ExitCodes.Mistake, $"exit code {exitCode}: {error}");
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        foreach (var fragment in fragments) Assert.Contains(fragment, error, StringComparison.Ordinal);
    }

    private static void WithText(byte[] text, Action<Rnn> test)
    {
        using var rnn = new Rnn();
        File.WriteAllBytes(rnn["text.txt"], text);
        test(rnn);
    }
}
