namespace RnnTrain.Tests.Configuration;

public sealed class OverridesTests
{
    [Theory]
    [InlineData("seed=9")]
    [InlineData("seed= 9")]
    [InlineData(" seed =9")]
    public void A_value_replaces_the_files(string set) => Assert.Equal(9, Load(set).Seed);

    [Fact]
    public void A_deep_value_leaves_its_neighbours_alone()
    {
        var config = Load("training.optimizer.learning_rate=0.5", "training.optimizer.momentum=0.9");

        Assert.Equal(new SlopeOptions { LearningRate = 0.5, Momentum = 0.9 }, config.Training.Optimizer);
        Assert.Equal(3, config.Training.Epochs);
    }

    [Fact]
    public void The_last_of_two_for_one_key_wins() => Assert.Equal(2, Load("seed=1", "seed=2").Seed);

    [Fact]
    public void The_order_of_a_type_and_its_keys_does_not_matter()
    {
        var config = Load("training.optimizer.learning_rate=0.5", "training.optimizer.type=careful");

        Assert.Equal(0.5, Assert.IsType<CarefulOptions>(config.Training.Optimizer).LearningRate);
    }

    [Fact]
    public void A_block_that_is_absent_is_created()
    {
        var config = Load("training.schedule.type=falling", "training.schedule.epoch=4", "sample.prompt=x=y");

        Assert.Equal(new FallingOptions { Epoch = 4 }, config.Training.Schedule);
        Assert.Equal("x=y", config.Sample!.Prompt);
    }

    [Theory]
    [InlineData("data.train=[x.txt, y.txt]", "x.txt y.txt")]
    [InlineData("data.train=x.txt", "x.txt")]
    [InlineData("data.train=[]", null)]
    public void A_list_is_written_in_brackets(string set, string? joined)
    {
        if (joined is null) Assert.Equal("--set data.train: no file is named; name at least one file", Assert.Single(Mistakes(set)));
        else Assert.Equal(joined, string.Join(' ', Load(set).Data.Train));
    }

    [Fact]
    public void A_whole_block_can_be_given()
    {
        Assert.Equal(new FallingOptions { Epoch = 2, Factor = 0.1 }, Load("training.schedule={type: falling, epoch: 2, factor: 0.1}").Training.Schedule);
        Assert.Equal(new PlainCellOptions(), Load("model.cell=plain").Model.Cell);
    }

    [Theory]
    [InlineData("training.clip_norm=null")]
    [InlineData("training.clip_norm=")]
    public void Null_switches_off(string set) => Assert.Null(Load(set).Training.ClipNorm);

    [Theory]
    [InlineData("training.optimizer.learnin_rate=0.5", "--set training.optimizer.learnin_rate: unknown key; allowed here: type, learning_rate, momentum; did you mean 'learning_rate'?")]
    [InlineData("training.optimiser.learning_rate=0.5", $"--set training.optimiser.learning_rate: training.optimiser: unknown key; allowed here: {ConfigMistakesTests.TrainingKeys}; did you mean 'optimizer'?")]
    [InlineData("learning_rate=0.5", "--set learning_rate: unknown key; allowed here: name, seed, device, precision, threads, engine, task, data, model, training, evaluation, checkpoints, sample, decoding; 'learning_rate' belongs to training.optimizer")]
    [InlineData("seed=x", "--set seed: found 'x'; allowed: a whole number, at least 0")]
    [InlineData("seed.x=1", "--set seed.x: seed: found a block of keys; allowed: a whole number, at least 0")]
    [InlineData("training.epochs=\"3\"", "--set training.epochs: found the text \"3\"; allowed: a whole number, at least 1; remove the quotes")]
    [InlineData("data.train=[a", "--set data.train: not valid YAML: a comma or the closing bracket is missing")]
    [InlineData("training.schedule={type: falling, epoch: x}", "--set training.schedule: training.schedule.epoch: found 'x'; allowed: a whole number, at least 0")]
    [InlineData("training.schedule.factor=1.0", "--set training.schedule.factor: training.schedule.type: missing; allowed: falling")]
    [InlineData("seed", "--set seed: write it as key=value, for instance --set training.epochs=3")]
    [InlineData("=3", "--set : write it as key=value, for instance --set training.epochs=3")]
    [InlineData("training..epochs=3", "--set training..epochs: write it as key=value, for instance --set training.epochs=3")]
    [InlineData("device=${GPU}", "--set device: the environment variable GPU is not set; set it, or write ${GPU:-default}")]
    public void A_mistake_names_the_option(string set, string line) => Assert.Equal(line, Assert.Single(Mistakes(set)));

    private static RnnTrain.Configuration.ExperimentConfig Load(params string[] sets) => ConfigFolder.LoadChanged("seed: 7", "seed: 7", sets).Config;

    private static IReadOnlyList<string> Mistakes(params string[] sets) => ConfigFolder.MistakesOf("seed: 7", "seed: 7", sets);
}
