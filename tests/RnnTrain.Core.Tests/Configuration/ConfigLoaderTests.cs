using RnnTrain.Configuration;

namespace RnnTrain.Tests.Configuration;

public sealed class ConfigLoaderTests
{
    [Fact]
    public void A_valid_file_becomes_records_with_defaults_filled_in()
    {
        using var folder = new ConfigFolder().With("c.yaml", ConfigFolder.Valid);

        var config = folder.Load("c.yaml").Config;

        Assert.Equal("trial", config.Name);
        Assert.Equal(7, config.Seed);
        Assert.Equal("cpu", config.Device.Kind);
        Assert.Equal(ThreadChoice.Auto, config.Threads);
        Assert.IsType<GuessOptions>(config.Task);
        Assert.Equal(["a.txt", "b.txt"], config.Data.Train);
        Assert.Equal(["c.txt"], config.Data.Validation);
        Assert.Empty(config.Data.Test);
        Assert.Equal(new WordsOptions { MinimumCount = 2 }, config.Data.Tokens);
        Assert.Equal(new StreamOptions { BatchSize = 20 }, config.Data.Batching);
        Assert.Equal(new GatedCellOptions { ForgetBias = 0.5 }, config.Model.Cell);
        Assert.Equal(new DropoutOptions { BetweenLayers = 0.1 }, config.Model.Dropout);
        Assert.Equal(new SlopeOptions { LearningRate = 0.001 }, config.Training.Optimizer);
        Assert.Equal(5.0, config.Training.ClipNorm);
        Assert.Null(config.Training.Schedule);
    }
}
