using RnnTrain.Configuration;

namespace RnnTrain.Tests.Configuration;

/// <summary>Configurations drawn at random, with every fake component and texts that are hard to write in YAML.</summary>
internal sealed class RandomConfigs(int seed)
{
    private static readonly string[] Texts =
    [
        "plain", "", " ", "5", "1e-3", "0x10", "010", "true", "No", "null", "~", "a: b", "a #b", "#a", "- a", "[a", "{a}", "'", "\"", "\\", "a\nb", "\t", "\r\n",
        "${HOME}", "$${HOME}", "$$${", "$", "<eos>", "<<", "*a", "&a", "!a", "%a", "@a", "`a", "?", ":", "-", "---", "...", "ü", "日本", "😀", "\u2028", "\u0085",
        "\u0001", "\u007f", "../x/*.txt", "/a/b.txt", "C:\\data", "2024-01-01", "1:30", "=", ",", "a,b", "ends ", "=x", "\uFEFF", "|", ">", "a]b",
    ];

    private static readonly double[] Numbers = [0.1, 1, 1e-5, 1e300, 5e-324, 1.0 / 3, 123456789.125, 1e16, double.MaxValue, 0.30000000000000004];

    private readonly Random random = new(seed);

    public ExperimentConfig Next() => new()
    {
        Name = "run-" + random.Next(),
        Seed = random.NextInt64(),
        Device = Pick([DeviceChoice.Auto, new("cpu", 0), new("cuda", 0), new("cuda", 3)]),
        Threads = Pick([ThreadChoice.Auto, new(1), new(16)]),
        Task = Pick<TaskOptions>([new GuessOptions(), Fill()]),
        Data = new DataOptions
        {
            Format = new LinesOptions(),
            Train = [Text(), .. ManyTexts()],
            Validation = ManyTexts(),
            Split = new SplitOptions { Test = 0.25 * random.NextDouble() },
            Tokens = new WordsOptions { EndOfLine = Pick<string?>([null, Text()]), MinimumCount = 1 + random.NextInt64(1L << 60) },
            Batching = new StreamOptions { BatchSize = random.Next(1, 4097), Steps = random.Next(1, int.MaxValue) },
        },
        Model = Model(),
        Training = Training(),
        Evaluation = new EvaluationOptions { Every = Pick([Interval.Epoch, new(100)]), BatchSize = Pick<int?>([null, 4]) },
        Sample = Pick<SampleOptions?>([null, new SampleOptions { Prompt = Text(), Temperature = Number() }]),
    };

    private ModelOptions Model() => new()
    {
        EmbeddingSize = random.Next(1, 9999),
        HiddenSize = random.Next(1, 9999),
        Cell = Cell(),
        TieWeights = false,
        Path = Pick(Enum.GetValues<LayerPath>()),
        Dropout = new DropoutOptions { Embedding = random.NextDouble() },
        Initialization = Pick<InitializationOptions?>([null, new EvenOptions { Range = Number() }]),
    };

    private TrainingOptions Training() => new()
    {
        Epochs = random.Next(1, 100),
        MaximumSteps = Pick<long?>([null, 1 + random.NextInt64(1L << 60)]),
        Optimizer = Pick<OptimizerOptions>(
            [new SlopeOptions { LearningRate = Number(), Momentum = random.NextDouble() }, new CarefulOptions { LearningRate = Number(), Betas = [0, random.NextDouble()] }]),
        Schedule = Pick<ScheduleOptions?>([null, new FallingOptions { Epoch = 3, Factor = -Number() }]),
        ClipNorm = Pick<double?>([null, Number()]),
        LossReduction = Pick(Enum.GetValues<LossReduction>()),
    };

    private FillOptions Fill() => new()
    {
        Cell = Pick<CellOptions?>([null, Cell()]),
        Shares = Pick<IReadOnlyList<double>>([[], [1], [random.NextDouble(), 0.5]]),
        Counts = Pick<IReadOnlyList<int>?>([null, [], [-1, int.MinValue, int.MaxValue]]),
        Parts = Pick<IReadOnlyList<SplitOptions>>([[], [new SplitOptions(), new SplitOptions { Test = random.NextDouble() }]]),
    };

    private CellOptions Cell() => Pick<CellOptions>([new PlainCellOptions(), new GatedCellOptions { ForgetBias = -Number(), SecondBias = false }]);

    private string[] ManyTexts() => [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => Text())];

    private string Text() => string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => Pick(Texts)));

    private double Number() => Pick(Numbers);

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
