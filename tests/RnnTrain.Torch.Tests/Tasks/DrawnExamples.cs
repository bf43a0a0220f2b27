using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Examples;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Tasks;

/// <summary>Sequences of 1 to 7 tokens; their classes are those of the tokens 0 to 3 that are in them, or the first of these alone.</summary>
internal sealed class DrawnExamples(int count, int seed, bool areSets) : IExampleSource
{
    private const int Vocabulary = 12;
    public static readonly string[] Labels = ["ant", "bee", "cat", "dog"];

    public int Count => count;

    public string Description => $"{count} examples";

    public Example Make(int epoch, int index)
    {
        var random = PortableRandom.For(seed, "tokens", step: index);
        int[] tokens = [.. Enumerable.Range(0, 1 + (int)random.NextBelow(7)).Select(_ => (int)random.NextBelow(Vocabulary))];
        int[] found = [.. tokens.Where(token => token < Labels.Length).Distinct()];
        return new Example { Length = tokens.Length, Tokens = tokens, Classes = areSets ? found : [found.FirstOrDefault(Labels.Length - 1)] };
    }

    /// <summary>Training, validation and test data.</summary>
    public static ExampleData Data(bool areSets, int training = 60) => new(
        new ExampleShape(Vocabulary, 0, areSets ? TargetKind.ClassSetAtEnd : TargetKind.ClassAtEnd, Labels.Length),
        new Dictionary<Split, IExampleSource>
        {
            [Split.Train] = new DrawnExamples(training, 1, areSets),
            [Split.Validation] = new DrawnExamples(37, 2, areSets),
            [Split.Test] = new DrawnExamples(9, 3, areSets),
        },
        [], [])
    {
        Lexicon = new Lexicon { Labels = new Vocabulary(Labels, [1, 1, 1, 1], unknown: null) },
    };
}
