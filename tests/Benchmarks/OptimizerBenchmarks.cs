using BenchmarkDotNet.Attributes;
using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Training;
using RnnTrain.Training.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnTrain.Benchmarks;

/// <summary>Gradient norm and update over parameters of about the word LSTM 2×650.</summary>
public class OptimizerBenchmarks
{
    private readonly List<Parameter> weights = [];
    private Optimizer optimizer = null!;
    private GradientNorm norm = null!;

    [Params("sgd", "adam", "nadam", "rmsprop")]
    public string Rule { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        CpuThreads.Use(ThreadChoice.Auto, EngineChoice.Of(ComputeEngine.Auto, CPU));
        foreach (var (rows, columns) in new[] { (10_000, 650), (2600, 650), (2600, 650), (2600, 650), (2600, 650), (10_000, 650) })
        {
            var weight = nn.Parameter(randn(rows, columns)); // [rows, columns]
            weight.grad = randn(rows, columns); // [rows, columns]
            weights.Add(weight);
        }
        var named = weights.Select((weight, place) => new NamedParameter($"weight{place}", weight, ParameterRole.OutputWeight)).ToList();
        Configuration.OptimizerOptions options = Rule switch
        {
            "sgd" => new SgdOptions { LearningRate = 1e-3 },
            "adam" => new AdamOptions { LearningRate = 1e-3 },
            "nadam" => new NadamOptions { LearningRate = 1e-3 },
            _ => new RmsPropOptions { LearningRate = 1e-3, Momentum = 0.9, Centered = true },
        };
        optimizer = OptimizerTable.Optimizers.Create(options, named);
        norm = new GradientNorm(named);
    }

    [Benchmark]
    public double Norm() => norm.Measure();

    [Benchmark]
    public void Step() => optimizer.Step(1e-3, 0.5);

    [GlobalCleanup]
    public void Cleanup()
    {
        optimizer.Dispose();
        foreach (var weight in weights) weight.Dispose();
    }
}
