using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Models;
using RnnTrain.Models.Pooling;
using RnnTrain.Tensors;
using RnnTrain.Tests.Cells;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models.Pooling;

public sealed class PoolingTableTests
{
    private const int Time = 6;
    private const int Features = 4;
    private static readonly ExampleShape Shape = new(Vocabulary: 7, Features: 0, TargetKind.ClassAtEnd, Outputs: 3);
    private static readonly long[] Ends = [3, 6, 1, 5];

    public static TheoryData<string, bool> Networks => [.. from name in EveryPooling.Variants.Keys
                                                           from bidirectional in new[] { false, true }
                                                           select (name, bidirectional)];

    [Fact]
    public void Every_pooling_has_a_variant_here() =>
        Assert.Equal(PoolingTable.Poolings.Entries.Select(entry => entry.Name), EveryPooling.Variants.Keys);

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_padded_batch_gives_what_single_examples_give(string name, bool bidirectional)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, bidirectional);
        var input = Tokens(); // [time, batch]
        var together = network.Tell(network.Read(input, new Lengths(Ends, Time, CPU))); // [batch, classes]
        for (var example = 0; example < Ends.Length; example++)
        {
            var alone = input.narrow(0, 0, Ends[example]).narrow(1, example, 1); // [length, 1]
            var told = network.Tell(network.Read(alone, new Lengths([Ends[example]], Ends[example], CPU))); // [1, classes]
            Numbers.AreClose(told, together.narrow(0, example, 1), 1e-6, $"example {example}");
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void What_stands_in_the_padding_changes_no_bit(string name, bool bidirectional)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, bidirectional);
        var lengths = new Lengths(Ends, Time, CPU);
        var (input, other) = (Tokens(), Tokens());
        other.masked_fill_(lengths.Mask.squeeze(2).logical_not(), 6);
        Assert.False(input.equal(other).all().item<bool>());
        Numbers.AreEqual(network.Read(input, lengths), network.Read(other, lengths), "pooled");
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_parameter_gets_a_gradient(string name, bool bidirectional)
    {
        using var scope = NewDisposeScope();
        using var network = Network(name, bidirectional);
        network.ClassLoss(network.Read(Tokens(), new Lengths(Ends, Time, CPU)), arange(Ends.Length).remainder(3)).Objective.backward();
        Assert.All(network.NamedParameters(), named => Assert.True(named.Parameter.grad!.abs().sum().ToDouble() > 0, named.Name));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_summary_is_what_the_network_is_made_of(string name, bool bidirectional)
    {
        using var network = Network(name, bidirectional);
        Assert.Equal(
            network.NamedParameters().Select(named => (named.Name, string.Join(' ', named.Shape))),
            ModelSummary.Of(Options(name, bidirectional), Shape).Parameters.Select(parameter => (parameter.Name, string.Join(' ', parameter.Shape))));
    }

    [Theory]
    [MemberData(nameof(EveryPooling.Names), MemberType = typeof(EveryPooling))]
    public void Pooling_is_its_formula_step_by_step(string name)
    {
        using var scope = NewDisposeScope();
        using var pooling = Pooling(name);
        var lengths = new Lengths(Ends, Time, CPU);
        var output = Output(lengths); // [time, batch, features]
        var found = Numbers.Of(pooling.Forward(output, lengths));
        for (var example = 0; example < Ends.Length; example++)
        {
            double[][] steps = [.. Enumerable.Range(0, (int)Ends[example]).Select(time => Numbers.Of(output[time, example]))];
            var expected = ByHand(name, pooling, steps);
            Assert.Equal(Features, expected.Length);
            for (var feature = 0; feature < Features; feature++) Assert.Equal(expected[feature], found[(example * Features) + feature], 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(EveryPooling.Names), MemberType = typeof(EveryPooling))]
    public void Gradients_are_those_of_the_formula(string name)
    {
        using var scope = NewDisposeScope();
        using var pooling = Pooling(name);
        var lengths = new Lengths(Ends, Time, CPU);
        var input = Output(lengths).requires_grad_(); // [time, batch, features]
        Loss().backward();
        const double step = 1e-6;
        foreach (var (values, what) in pooling.NamedParameters().Select(named => ((Tensor)named.Parameter, named.Name)).Prepend((input, "output")))
        {
            using var frozen = no_grad();
            var (flat, gradient) = (values.view(-1), Numbers.Of(values.grad!));
            Assert.Contains(gradient, value => value != 0);
            for (var i = 0; i < flat.numel(); i++)
            {
                flat[i].add_(step);
                var above = Loss().item<double>();
                flat[i].sub_(2 * step);
                var below = Loss().item<double>();
                flat[i].add_(step);
                if (what == "output" && !IsRead(i)) continue; // layers take no gradient of padding
                Assert.True(Math.Abs(((above - below) / (2 * step)) - gradient[i]) < 1e-6, $"{what} {i}: {(above - below) / (2 * step)} expected, {gradient[i]} found");
            }
        }

        Tensor Loss() => (pooling.Forward(input, lengths) * Formula.Double(1.1, Ends.Length, Features)).sum(); // []
        static bool IsRead(int place) => place / Features / Ends.Length < Ends[place / Features % Ends.Length];
    }

    [Fact]
    public void Dropout_takes_from_the_pooled_vector_and_not_from_steps()
    {
        using var scope = NewDisposeScope();
        using var network = new SequenceNetwork(
            Options("mean", bidirectional: false) with { HiddenSize = 40, Dropout = new DropoutOptions { Output = 0.5 } }, Shape, seed: 1);
        manual_seed(3);
        var dropped = network.Read(Tokens(), new Lengths(Ends, Time, CPU)); // [batch, hidden]
        network.eval();
        var whole = network.Read(Tokens(), new Lengths(Ends, Time, CPU)); // [batch, hidden]
        var (kept, all) = (Numbers.Of(dropped), Numbers.Of(whole));
        Assert.InRange(kept.Count(value => value == 0), 40, 120); // of 160
        Assert.All(kept.Zip(all).Where(pair => pair.First != 0), pair => Assert.Equal(2 * pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void Attention_can_be_computed_in_bf16()
    {
        using var scope = NewDisposeScope();
        using var network = Network("attention", bidirectional: true);
        var lengths = new Lengths(Ends, Time, CPU);
        var exact = network.Tell(network.Read(Tokens(), lengths)); // [batch, classes]
        network.ComputeIn(ScalarType.BFloat16);
        Numbers.AreClose(exact, network.Tell(network.Read(Tokens(), lengths)), 0.05, "told");
    }

    private static SequencePooling Pooling(string name)
    {
        var pooling = PoolingTable.Create(EveryPooling.Variants[name], new PoolingArguments(Features, 2, DirectionCombination.Concatenate));
        pooling.to(float64);
        using var frozen = no_grad();
        var phase = 0.4;
        foreach (var named in pooling.NamedParameters()) named.Parameter.copy_(Formula.Double(phase++, [.. named.Shape]));
        return pooling;
    }

    private static double[] ByHand(string name, SequencePooling pooling, double[][] steps)
    {
        const int half = Features / 2;
        switch (name)
        {
            case "last": return [.. steps[^1][..half], .. steps[0][half..]];
            case "mean": return [.. Enumerable.Range(0, Features).Select(feature => steps.Average(step => step[feature]))];
            case "max": return [.. Enumerable.Range(0, Features).Select(feature => steps.Max(step => step[feature]))];
            case "attention":
                var (w, b, u) = (Numbers.Of(pooling.NamedParameters()[0].Parameter), Numbers.Of(pooling.NamedParameters()[1].Parameter), Numbers.Of(pooling.NamedParameters()[2].Parameter));
                double[] scores = [.. steps.Select(step => Math.Exp(Enumerable.Range(0, b.Length).Sum(unit =>
                    u[unit] * Math.Tanh(b[unit] + Enumerable.Range(0, Features).Sum(feature => w[(unit * Features) + feature] * step[feature])))))];
                return [.. Enumerable.Range(0, Features).Select(feature => steps.Zip(scores).Sum(pair => pair.First[feature] * pair.Second) / scores.Sum())];
            default: throw new ArgumentException($"{name}: write its formula here");
        }
    }

    /// <summary>As a stack of layers gives it: zero beyond each example's length, [time, batch, features].</summary>
    private static Tensor Output(Lengths lengths) => Formula.Double(0.3, Time, Ends.Length, Features) * lengths.Mask;

    private static Tensor Tokens() => (arange(Time * Ends.Length) * 3).remainder(7).view(Time, Ends.Length); // [time, batch]

    private static SequenceNetwork Network(string pooling, bool bidirectional) => new(Options(pooling, bidirectional), Shape, seed: 1);

    private static ModelOptions Options(string pooling, bool bidirectional) => new()
    {
        EmbeddingSize = 3,
        Cell = EveryCell.Variants["lstm"],
        HiddenSize = 5,
        Bidirectional = bidirectional,
        Pooling = EveryPooling.Variants[pooling],
    };
}
