using System.Globalization;
using RnnTrain.Configuration;

namespace RnnTrain.ClassifierBenchmark;

/// <summary>The sizes of a <see cref="BidirectionalClassifier"/> and where it runs.</summary>
public sealed record ClassifierOptions(
    int Features, int HiddenSize, int Layers, int Classes, int BatchSize, int Shortest, int Longest,
    string Device, Precision Precision, ComputeEngine Engine, ThreadChoice Threads, int Steps)
{
    /// <summary>Reads `--features 256 --hidden-size 256 …`, the names of scripts/benchmark/pytorch_classifier.py.</summary>
    /// <exception cref="UserMistakeException">A number is missing.</exception>
    public static ClassifierOptions Parse(IEnumerable<string> arguments)
    {
        var values = arguments.Chunk(2).ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[^1]);
        return new ClassifierOptions(
            Number("features"), Number("hidden-size"), Number("layers"), Number("classes"), Number("batch-size"), Number("shortest"), Number("longest"),
            Text("device", "cpu"), Enum.Parse<Precision>(Text("precision", "fp32"), ignoreCase: true),
            Enum.Parse<ComputeEngine>(Text("engine", "auto"), ignoreCase: true), ThreadChoice.Parse(Text("threads", "auto"), CultureInfo.InvariantCulture),
            Number("steps"));

        int Number(string name) => int.TryParse(values.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UserMistakeException($"--{name} needs a number");

        string Text(string name, string otherwise) => values.GetValueOrDefault(name) ?? otherwise;
    }
}
