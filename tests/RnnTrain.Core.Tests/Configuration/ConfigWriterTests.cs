using RnnTrain.Configuration;

namespace RnnTrain.Tests.Configuration;

public sealed class ConfigWriterTests
{
    [Fact]
    public void The_resolved_file_holds_every_default()
    {
        using var folder = new ConfigFolder().With("c.yaml", ConfigFolder.Valid);

        var text = ConfigWriter.Write(folder.Load("c.yaml").Config, FakeComponents.Registries);

        Assert.Equal(
            """
            name: trial
            seed: 7
            device: cpu
            precision: fp32
            threads: auto
            engine: auto
            task: {type: guess}
            data:
              format: {type: lines}
              train: ["a.txt", "b.txt"]
            """.Replace("\"", "", StringComparison.Ordinal) + "\n", string.Concat(text.Split('\n').Take(10).Select(line => line + "\n")));
        Assert.Contains("    end_of_line: <eos>\n    minimum_count: 2\n", text, StringComparison.Ordinal);
        Assert.Contains("    learning_rate: 0.001\n    momentum: 0.0\n  schedule: null\n  average: null\n  clip_norm: 5.0\n", text, StringComparison.Ordinal);
        Assert.EndsWith("checkpoints:\n  every: epoch\n  keep: 3\nsample: null\ndecoding: null\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_as_the_same_configuration()
    {
        var configs = new RandomConfigs(seed: 1);
        for (var i = 0; i < 200; i++)
        {
            var config = configs.Next();
            var text = ConfigWriter.Write(config, FakeComponents.Registries);

            var read = ConfigLoader.LoadText(text, "c.yaml", [], FakeComponents.Registries, _ => null).Config;

            Assert.Empty(ConfigDifference.Between(config, read, FakeComponents.Registries));
            Assert.Equal(config.Data.Train, read.Data.Train);
            Assert.Equal(config.Training.Optimizer.LearningRate, read.Training.Optimizer.LearningRate);
            Assert.Equal(text, ConfigWriter.Write(read, FakeComponents.Registries));
        }
    }

    [Theory]
    [InlineData(1e-5, "1.0e-05")]
    [InlineData(1e20, "1.0e+20")]
    [InlineData(1.5e-7, "1.5e-07")]
    [InlineData(20, "20.0")]
    [InlineData(0.1, "0.1")]
    public void Numbers_are_written_so_that_every_reader_takes_them_for_numbers(double number, string written)
    {
        var config = new RandomConfigs(seed: 2).Next();
        config = config with { Training = config.Training with { ClipNorm = number } };

        Assert.Contains($"  clip_norm: {written}\n", ConfigWriter.Write(config, FakeComponents.Registries), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_is_written_one_item_a_line()
    {
        var config = new RandomConfigs(seed: 3).Next();
        config = config with { Data = config.Data with { Train = [new string('a', 70), new string('b', 70)] } };

        Assert.Contains($"  train:\n    - {new string('a', 70)}\n    - {new string('b', 70)}\n", ConfigWriter.Write(config, FakeComponents.Registries), StringComparison.Ordinal);
    }
}
