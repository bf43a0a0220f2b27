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

    [Fact]
    public void Json_is_read_as_the_same_configuration()
    {
        using var folder = new ConfigFolder().With("c.yaml", ConfigFolder.Valid).With(
            "c.json",
            """
            {
            	"name": "tri\u0061l", "seed": 7, "device": "cpu",
            	"task": {"type": "guess"},
            	"data": {
            		"format": {"type": "lines"}, "train": ["a.txt", "b.txt"], "validation": "c\/d.txt",
            		"tokens": {"type": "words", "minimum_count": 2}, "batching": {"type": "stream", "batch_size": 20}
            	},
            	"model": {
            		"embedding_size": 10, "hidden_size": 10, "tie_weights": true,
            		"cell": {"type": "gated", "forget_bias": 0.5}, "dropout": {"between_layers": 1E-1}
            	},
            	"training": {"epochs": 3, "optimizer": {"type": "slope", "learning_rate": 1e-3}, "clip_norm": 5, "schedule": null}
            }
            """);

        var differences = ConfigDifference.Between(
            folder.Load("c.yaml").Config, folder.Load("c.json").Config, FakeComponents.Registries);

        Assert.Equal("data.validation: [c.txt] → [c/d.txt]", Assert.Single(differences).ToString());
    }

    [Fact]
    public void A_mistake_in_json_has_its_place()
    {
        using var folder = new ConfigFolder().With("c.json", "{\n  \"name\": \"a\",\n  \"seed\": \"5\"\n}\n");

        Assert.Contains(
            "c.json:3:11: seed: found the text \"5\"; allowed: a whole number, at least 0; remove the quotes", folder.Mistakes("c.json"));
    }

    [Fact]
    public void All_mistakes_are_reported_at_once_in_the_order_of_the_file()
    {
        using var folder = new ConfigFolder().With(
            "c.yaml",
            """
            nmae: trial
            seed: -1
            seed: 2
            task: guess
            data:
              format: lines
              train: &files [a.txt, {b: c}]
              tokens: {type: wrods}
              batching: {type: stream, batch_size: 5000, steps: '${STEPS}'}
            model:
              embedding_size: 1.5
              hidden_siez: 10
              cell: 3
            training:
              optimizer: {type: slope, learning_rate: fast, momentum: 1}
              epochs: 3
            """);

        Assert.Equal(
            [
                "c.yaml:1:1: nmae: unknown key; allowed here: name, seed, device, precision, threads, engine, task, data, model, training, evaluation, checkpoints, sample, decoding; did you mean 'name'?",
                "c.yaml:2:7: seed: found '-1'; allowed: a whole number, at least 0",
                "c.yaml:3:1: seed: the key is given twice, first in line 2; keep one of the two",
                "c.yaml:7:10: data.train: found the anchor '&files'; put a text that begins with '&' in quotes; anchors are not read",
                "c.yaml:7:25: data.train[1]: found a block of keys; allowed: text",
                "c.yaml:8:18: data.tokens.type: found 'wrods'; allowed: words; did you mean 'words'?",
                "c.yaml:9:40: data.batching.batch_size: found '5000'; allowed: a whole number, at least 1 and at most 4096",
                "c.yaml:9:53: data.batching.steps: the environment variable STEPS is not set; set it, or write ${STEPS:-default}",
                "c.yaml:11:19: model.embedding_size: found '1.5'; allowed: a whole number, at least 1, or null",
                "c.yaml:12:3: model.hidden_siez: unknown key; allowed here: embedding_size, characters, vectors, cell, layers, hidden_size, layer_sizes, bidirectional, combine, connections, learned_initial_state, zoneout, tie_weights, output, pooling, decoder, crf, dropout, initialization, path; did you mean 'hidden_size'?",
                "c.yaml:13:9: model.cell.type: found '3'; allowed: plain or gated",
                "c.yaml:15:43: training.optimizer.learning_rate: found 'fast'; allowed: a number, above 0",
                "c.yaml:15:59: training.optimizer.momentum: found '1'; allowed: a number, at least 0 and below 1",
            ],
            folder.Mistakes("c.yaml"));
    }

    [Fact]
    public void Blocks_within_components_within_blocks_are_bound_and_their_mistakes_placed()
    {
        var task = (FillOptions)ConfigFolder.LoadChanged(
            "{type: guess}", "\n  type: fill\n  cell: {type: gated, second_bias: false}\n  counts: [1, -2]\n  parts:\n    - {test: 0.1}\n    - validation: 0.2\n").Config.Task;

        Assert.Equal(new GatedCellOptions { SecondBias = false }, task.Cell);
        Assert.Equal([1, -2], task.Counts!);
        Assert.Equal([new SplitOptions { Test = 0.1 }, new SplitOptions { Validation = 0.2 }], task.Parts);
        Assert.Equal(
            ["c.yaml:7:13: task.parts[0].test: found '1.1'; allowed: a number, at least 0 and below 1"],
            ConfigFolder.MistakesOf("{type: guess}", "\n  type: fill\n  parts:\n    -\n      test: 1.1"));
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("007", "007")]
    [InlineData("true", "true")]
    [InlineData("1.10", "1.10")]
    [InlineData("'null'", "null")]
    [InlineData("\"\"", "")]
    [InlineData("yes", "yes")]
    public void Text_needs_no_quotes_to_be_text(string written, string text) =>
        Assert.Equal([text], ConfigFolder.LoadChanged("c.txt", written).Config.Data.Validation);

    [Theory]
    [InlineData("1e-3", 0.001)]
    [InlineData("+1", 1)]
    [InlineData("1.", 1)]
    [InlineData(".5", 0.5)]
    [InlineData("1E+2", 100)]
    [InlineData("0.0010", 0.001)]
    [InlineData("3", 3)]
    public void A_number_is_read_whatever_its_form(string written, double number) =>
        Assert.Equal(number, ConfigFolder.LoadChanged("learning_rate: 1e-3", $"learning_rate: {written}").Config.Training.Optimizer.LearningRate);

    [Theory]
    [InlineData("device: auto", "auto")]
    [InlineData("device: cuda", "cuda")]
    [InlineData("device: cuda:1", "cuda:1")]
    public void A_device_is_one_word(string written, string device) =>
        Assert.Equal(device, ConfigFolder.LoadChanged("device: cpu", written).Config.Device.ToString());

    [Theory]
    [InlineData("model.tie_weights", 18, 3)]
    [InlineData("model.dropout", 19, 3)]
    [InlineData("model.dropout.between_layers", 20, 5)]
    [InlineData("data.train", 6, 3)]
    [InlineData("data.train[1]", 6, 18)]
    [InlineData("data.batching.steps", 11, 3)]
    [InlineData("training.schedule.epoch", 21, 1)]
    [InlineData("evaluation.every", 1, 1)]
    public void The_source_knows_where_each_key_stands_or_the_block_around_it(string path, int line, int column)
    {
        using var folder = new ConfigFolder().With("c.yaml", ConfigFolder.Valid);

        var place = folder.Load("c.yaml").Source.PositionOf(path);

        Assert.Equal((folder.PathOf("c.yaml"), line, column), (place.File, place.Line, place.Column));
    }

    [Fact]
    public void Mistakes_found_after_loading_are_placed_too()
    {
        var loaded = ConfigLoader.LoadText(ConfigFolder.Valid, "c.yaml", ["model.layers=2"], FakeComponents.Registries);

        loaded.Refuse([]);
        var mistake = Assert.Throws<UserMistakeException>(() => loaded.Refuse(
            [new ConfigMistake("model.layers", "too many"), new ConfigMistake("model.dropout.output", "too little")]));

        Assert.Equal(["--set model.layers: too many", "c.yaml:19:3: model.dropout.output: too little"], mistake.Lines);
    }
}
