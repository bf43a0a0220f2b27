using RnnTrain.Configuration;

namespace RnnTrain.Tests.Configuration;

public sealed class ExtendsTests
{
    [Fact]
    public void Blocks_are_merged_key_by_key_and_values_and_lists_replaced()
    {
        using var folder = new ConfigFolder().With("base.yaml", ConfigFolder.Valid).With(
            "c.yaml",
            """
            extends: base.yaml
            name: other
            data: {train: [z.txt]}
            model:
              cell: {forget_bias: 2.0}
              dropout: {output: 0.3}
            """);

        var config = folder.Load("c.yaml").Config;

        Assert.Equal("other", config.Name);
        Assert.Equal(7, config.Seed);
        Assert.Equal(["z.txt"], config.Data.Train);
        Assert.Equal(["c.txt"], config.Data.Validation);
        Assert.Equal(new GatedCellOptions { ForgetBias = 2.0 }, config.Model.Cell);
        Assert.Equal(new DropoutOptions { BetweenLayers = 0.1, Output = 0.3 }, config.Model.Dropout);
    }

    [Fact]
    public void A_component_of_another_type_replaces_the_whole_block()
    {
        using var folder = new ConfigFolder().With("base.yaml", ConfigFolder.Valid).With(
            "c.yaml", "extends: base.yaml\ntraining: {optimizer: {type: careful, learning_rate: 0.5}}\nmodel: {cell: {type: plain}}\n");

        var config = folder.Load("c.yaml").Config;

        Assert.Equal([0.9, 0.999], Assert.IsType<CarefulOptions>(config.Training.Optimizer).Betas);
        Assert.Equal(0.5, config.Training.Optimizer.LearningRate);
        Assert.IsType<PlainCellOptions>(config.Model.Cell);
    }

    [Theory]
    [InlineData("gated", "{forget_bias: 2.0}", 2.0)]
    [InlineData("{type: gated, forget_bias: 3.0}", "gated", 3.0)]
    [InlineData("{type: gated, forget_bias: 3.0}", "{type: gated}", 3.0)]
    [InlineData("{type: gated, forget_bias: 3.0}", "{type: gated, second_bias: false}", 3.0)]
    [InlineData("plain", "gated", 1.0)]
    [InlineData("plain", "{type: gated, forget_bias: 4.0}", 4.0)]
    public void The_name_of_a_component_alone_merges_like_a_block_with_that_type(string under, string over, double forgetBias)
    {
        using var folder = new ConfigFolder()
            .With("base.yaml", ConfigFolder.Valid.Replace("\n    type: gated\n    forget_bias: 0.5", " " + under, StringComparison.Ordinal))
            .With("c.yaml", $"extends: base.yaml\nmodel: {{cell: {over}}}\n");

        Assert.Equal(forgetBias, Assert.IsType<GatedCellOptions>(folder.Load("c.yaml").Config.Model.Cell).ForgetBias);
    }

    [Fact]
    public void Null_switches_off_what_the_other_file_switched_on()
    {
        using var folder = new ConfigFolder()
            .With("base.yaml", ConfigFolder.Valid + "sample: {length: 5}\n")
            .With("c.yaml", "extends: base.yaml\nsample: null\ntraining: {clip_norm: null}\n");

        var config = folder.Load("c.yaml").Config;

        Assert.Null(config.Sample);
        Assert.Null(config.Training.ClipNorm);
    }

    [Fact]
    public void A_chain_is_followed_and_each_path_starts_at_its_own_file()
    {
        using var folder = new ConfigFolder()
            .With("bases/deep/root.yaml", ConfigFolder.Valid)
            .With("bases/middle.yaml", "extends: deep/root.yaml\nseed: 8\nmodel: {layers: 2}\n")
            .With("runs/c.yaml", "extends: ../bases/middle.yaml\nmodel: {layers: 3}\n");

        var loaded = folder.Load("runs/c.yaml");

        Assert.Equal((8, 3), (loaded.Config.Seed, loaded.Config.Model.Layers));
        Assert.Equal(
            [folder.PathOf("runs/c.yaml"), folder.PathOf("bases/middle.yaml"), folder.PathOf("bases/deep/root.yaml")], loaded.Source.Files);
    }

    [Fact]
    public void A_mistake_is_shown_in_the_file_that_made_it()
    {
        using var folder = new ConfigFolder()
            .With("base.yaml", ConfigFolder.Valid.Replace("epochs: 3", "epochs: three", StringComparison.Ordinal))
            .With("c.yaml", "extends: base.yaml\nmodel:\n  cell:\n    forget_bias: high\n");

        Assert.Equal(
            [
                "c.yaml:4:18: model.cell.forget_bias: found 'high'; allowed: a number",
                "base.yaml:22:11: training.epochs: found 'three'; allowed: a whole number, at least 1",
            ],
            folder.Mistakes("c.yaml"));
    }

    [Fact]
    public void A_circle_is_named_file_by_file()
    {
        using var folder = new ConfigFolder()
            .With("c.yaml", "extends: a.yaml\n")
            .With("a.yaml", "extends: sub/b.yaml\n")
            .With("sub/b.yaml", "name: x\nextends: ../a.yaml\n");

        Assert.Equal("sub/b.yaml:2:10: extends: a.yaml extends sub/b.yaml extends a.yaml: a circle; remove one of these", Assert.Single(folder.Mistakes("c.yaml")));
    }

    [Fact]
    public void A_file_of_the_working_folder_is_named_as_the_user_named_it()
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, Directory.CreateTempSubdirectory("rnntrain-relative-").FullName);
        try
        {
            File.WriteAllText(Path.Combine(relative, "base.yaml"), "nmae: x\n");
            File.WriteAllText(Path.Combine(relative, "c.yaml"), "extends: base.yaml\n");

            var mistake = Assert.Throws<UserMistakeException>(() => ConfigLoader.Load(Path.Combine(relative, "c.yaml"), [], FakeComponents.Registries));

            Assert.StartsWith($"{Path.Combine(relative, "base.yaml")}:1:1: nmae: unknown key", mistake.Lines[0], StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(relative, recursive: true);
        }
    }
}
