using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Examples;
using RnnTrain.Models;
using RnnTrain.Models.Characters;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models;

/// <summary>Networks that label words, with a conditional random field and letters.</summary>
public sealed class LabelingNetworkTests
{
    private const int Time = 6;
    private static readonly ExampleShape Shape = new(Vocabulary: 5, Features: 0, TargetKind.ClassEachStep, Outputs: 4) { Characters = 6 };
    private static readonly long[] Ends = [3, 6, 1, 5];
    private static readonly long[] Targets = [.. Enumerable.Range(0, Time * 4).Select(place => (long)(place % 3))];

    /// <summary>Of each of the five tokens.</summary>
    private static readonly int[][] Letters = [[1, 2], [3], [5, 4, 0, 1], [2, 2, 3], [0]];

    public static TheoryData<string, bool> Variants => [.. from letters in CharacterTable.Encoders.Entries.Select(entry => entry.Name).Append("none")
                                                           from crf in new[] { false, true }
                                                           select (letters, crf)];

    [Theory]
    [MemberData(nameof(Variants))]
    public void What_is_told_does_not_depend_on_the_batch(string letters, bool crf)
    {
        using var scope = NewDisposeScope();
        using var network = new SequenceNetwork(Options(letters, crf), Shape, seed: 1);
        network.eval();
        var tokens = Tokens(); // [time, batch]
        var lengths = new Lengths(Ends, Time, CPU);
        var hidden = network.Read(tokens, lengths, WordsOf(tokens)); // [time · batch, hidden]
        var (labels, probabilities) = (network.Labels(hidden, lengths), network.LabelProbabilities(hidden, lengths).view(Time, 4, 4));
        var loss = 0.0;
        for (var example = 0; example < Ends.Length; example++)
        {
            var (end, place) = (Ends[example], example);
            var alone = tokens.narrow(0, 0, end).narrow(1, example, 1); // [length, 1]
            var one = new Lengths([end], end, CPU);
            var read = network.Read(alone, one, WordsOf(alone)); // [length, hidden]
            Numbers.AreClose(hidden.view(Time, 4, -1).narrow(0, 0, end).select(1, example), read, 1e-5, $"hidden {example}");
            Assert.Equal(network.Labels(read, one), Enumerable.Range(0, (int)end).Select(t => labels[(t * 4) + place]));
            Numbers.AreClose(probabilities.narrow(0, 0, end).select(1, example), network.LabelProbabilities(read, one), 1e-5, $"probabilities {example}");
            if (crf) loss += network.FieldLoss(read, [.. Enumerable.Range(0, (int)end).Select(t => Targets[(t * 4) + place])], one).ToDouble();
        }

        Assert.All(Numbers.Of(probabilities.sum(2).narrow(0, 0, 1)), sum => Assert.Equal(1, sum, 1e-5));
        if (crf) Assert.Equal(loss, network.FieldLoss(hidden, Targets, lengths).ToDouble(), 1e-4);
        else Assert.Throws<InvalidOperationException>(() => network.FieldLoss(hidden, Targets, lengths));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_parameter_gets_a_gradient_and_stands_in_the_summary(string letters, bool crf)
    {
        using var scope = NewDisposeScope();
        using var network = new SequenceNetwork(Options(letters, crf), Shape, seed: 1);
        var lengths = new Lengths(Ends, Time, CPU);
        var hidden = network.Read(Tokens(), lengths, WordsOf(Tokens())); // [time · batch, hidden]
        (crf ? network.FieldLoss(hidden, Targets, lengths) : network.ClassLoss(hidden, tensor(Targets)).Objective).backward();
        Assert.All(network.NamedParameters(), named => Assert.True(named.Parameter.grad!.abs().sum().ToDouble() > 0, named.Name));
        Assert.Equal(
            network.NamedParameters().Select(named => (named.Name, string.Join(' ', named.Shape))),
            ModelSummary.Of(Options(letters, crf), Shape).Parameters.Select(parameter => (parameter.Name, string.Join(' ', parameter.Shape))));
        Assert.Equal(crf, network.NamedParameters()[^1].Name == "crf.end");
    }

    [Fact]
    public void A_network_that_reads_letters_asks_for_them()
    {
        using var scope = NewDisposeScope();
        using var network = new SequenceNetwork(Options("cnn", crf: false), Shape, seed: 1);
        Assert.Throws<ArgumentNullException>(() => network.Read(Tokens(), new Lengths(Ends, Time, CPU)));
    }

    [Fact]
    public void A_dropped_word_keeps_its_letters()
    {
        using var scope = NewDisposeScope();
        var options = Options("cnn", crf: false);
        using var network = new SequenceNetwork(options with { Dropout = new DropoutOptions { Words = 0.999 } }, Shape, seed: 1);
        var (all, alone) = (tensor(new long[] { 1 }, [1, 1]), new Lengths([1], 1, CPU));
        manual_seed(1);
        var (first, other) = (Told([[1, 2]]), Told([[3, 4]]));
        Assert.NotEqual(first, other);

        double[] Told(int[][] letters) => Numbers.Of(network.Read(all, alone, new DistinctWords(PaddedTokens.Of(letters), [0])));
    }

    private static Tensor Tokens() => arange(Time * Ends.Length).remainder(5).view(Time, Ends.Length); // [time, batch]

    private static DistinctWords WordsOf(Tensor tokens) => new(PaddedTokens.Of(Letters), tokens.contiguous().data<long>().ToArray());

    private static ModelOptions Options(string letters, bool crf) => new()
    {
        EmbeddingSize = 3,
        Characters = letters == "none" ? null : (WordLetterOptions)Activator.CreateInstance(CharacterTable.Encoders.Entries.Single(entry => entry.Name == letters).OptionsType)!,
        Cell = new LstmOptions(),
        HiddenSize = 6,
        Bidirectional = true,
        Crf = crf,
    };
}
