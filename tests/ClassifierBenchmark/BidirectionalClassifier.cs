using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Layers;
using RnnTrain.Tensors;
using RnnTrain.Training.Optimizers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnTrain.ClassifierBenchmark;

/// <summary>
/// The counterpart of scripts/benchmark/pytorch_classifier.py, for scripts/bench: features → bidirectional LSTM → mean over each
/// sequence's own steps → linear → cross-entropy → backward → SGD, on random sequences of different lengths.
/// </summary>
public sealed class BidirectionalClassifier : IDisposable
{
    private const int Batches = 16; // different batches, gone through again and again
    private const double LearningRate = 0.1;

    private readonly ClassifierOptions options;
    private readonly Device device;
    private readonly RecurrentStack encoder;
    private readonly Linear head;
    private readonly Optimizer optimizer;
    private readonly List<(Tensor Features, long[] Lengths, Tensor Classes)> batches = [];

    public BidirectionalClassifier(ClassifierOptions options)
    {
        this.options = options;
        device = Devices.Resolve(DeviceChoice.Parse(options.Device, CultureInfo.InvariantCulture));
        DevicePrecision.Use(options.Precision, device);
        HeapMemory.KeepFreedBlocks();
        var engine = EngineChoice.Of(options.Engine, device);
        Threads = CpuThreads.Use(options.Threads, engine);
        manual_seed(1);
        encoder = new RecurrentStack(new StackOptions
        {
            Cell = new LstmOptions(),
            InputSize = options.Features,
            HiddenSize = options.HiddenSize,
            Layers = options.Layers,
            Bidirectional = true,
            Engine = options.Engine,
        });
        encoder.to(device);
        head = nn.Linear(encoder.OutputSize, options.Classes, device: device);
        var parameters = encoder.NamedParameters()
            .Append(new NamedParameter("head.weight", head.get_parameter("weight")!, ParameterRole.OutputWeight))
            .Append(new NamedParameter("head.bias", head.get_parameter("bias")!, ParameterRole.OutputBias))
            .ToList();
        optimizer = OptimizerTable.Optimizers.Create(new SgdOptions { LearningRate = LearningRate }, parameters);
        foreach (var lengths in DrawLengths()) batches.Add(NewBatch(lengths));
    }

    private CpuThreads Threads { get; }

    /// <summary>Measures and prints what pytorch_classifier.py prints.</summary>
    public void Run(int steps, int warmUp)
    {
        for (var number = 0; number < warmUp; number++) Step(number);
        Wait();
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < steps; number++) Step(number);
        Wait();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var tokens = Enumerable.Range(0, steps).Sum(number => batches[number % Batches].Lengths.Sum());
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["tokens_per_second"] = tokens / seconds,
            ["milliseconds_per_step"] = seconds * 1000 / steps,
            ["threads"] = Threads.ToString(),
        }));
    }

    public void Dispose()
    {
        foreach (var (features, _, classes) in batches)
        {
            features.Dispose();
            classes.Dispose();
        }
        optimizer.Dispose();
        head.Dispose();
        encoder.Dispose();
    }

    private void Step(int number)
    {
        using var scope = NewDisposeScope();
        var (features, values, classes) = batches[number % Batches];
        var lengths = new Lengths(values, features.size(0), device);
        encoder.zero_grad(set_to_none: true);
        head.zero_grad(set_to_none: true);
        var (hidden, _) = encoder.Forward(features, encoder.ZeroState(options.BatchSize), lengths); // [time, batch, 2 · hidden], zero beyond a length
        var count = tensor(values, [values.Length, 1], float32, device); // [batch, 1]
        var mean = hidden.sum(0L) / count; // [time, batch, 2 · hidden] → [batch, 2 · hidden]
        var loss = nn.functional.cross_entropy(head.call(mean), classes); // [batch, classes] → []
        loss.backward();
        optimizer.Step(LearningRate, 1);
    }

    private (Tensor Features, long[] Lengths, Tensor Classes) NewBatch(long[] lengths)
    {
        var features = randn(lengths.Max(), options.BatchSize, options.Features, device: device); // [time, batch, features]
        var classes = randint(options.Classes, [options.BatchSize], dtype: int64, device: device); // [batch]
        return (features.DetachFromDisposeScope(), lengths, classes.DetachFromDisposeScope());
    }

    /// <summary>Lengths from the generator that the Python program has too, so that both read the same number of steps.</summary>
    private IEnumerable<long[]> DrawLengths()
    {
        long number = 1;
        for (var batch = 0; batch < Batches; batch++)
        {
            var lengths = new long[options.BatchSize];
            for (var example = 0; example < lengths.Length; example++)
            {
                number = ((number * 1103515245) + 12345) % (1L << 31);
                lengths[example] = options.Shortest + ((number >> 16) % (options.Longest - options.Shortest + 1));
            }
            yield return lengths;
        }
    }

    private void Wait()
    {
        if (device.type == DeviceType.CUDA) cuda.synchronize();
    }
}
