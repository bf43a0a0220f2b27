using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Models;
using RnnTrain.Tensors;
using RnnTrain.Tests.Cells;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models;

public sealed class SequenceNetworkTests
{
    private const int Time = 6;
    private static readonly ExampleShape Numbers2 = new(Vocabulary: 0, Features: 2, TargetKind.ValuesAtEnd, Outputs: 3);
    private static readonly ExampleShape Tokens = new(Vocabulary: 5, Features: 0, TargetKind.ClassEachStep, Outputs: 4);
    private static readonly long[] Ends = [3, 6, 1, 5];

    public static TheoryData<string, bool> Arrangements => [.. from name in EveryCell.Variants.Keys
                                                               from bidirectional in new[] { false, true }
                                                               select (name, bidirectional)];

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void What_is_told_at_the_end_of_an_example_does_not_depend_on_the_batch(string cell, bool bidirectional)
    {
        using var scope = NewDisposeScope();
        using var network = Network(Numbers2, cell, bidirectional);
        var input = Formula.Double(0.3, Time, Ends.Length, 2).to(float32);
        var together = network.Tell(network.Read(input, new Lengths(Ends, Time, CPU))); // [batch, outputs]
        for (var example = 0; example < Ends.Length; example++)
        {
            var alone = input.narrow(0, 0, Ends[example]).narrow(1, example, 1); // [length, 1, features]
            var told = network.Tell(network.Read(alone, new Lengths([Ends[example]], Ends[example], CPU))); // [1, outputs]
            Numbers.AreClose(told, together.narrow(0, example, 1), 1e-5, $"example {example}");
        }
    }

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void What_is_told_at_each_step_of_an_example_does_not_depend_on_the_batch(string cell, bool bidirectional)
    {
        using var scope = NewDisposeScope();
        using var network = Network(Tokens, cell, bidirectional);
        var input = arange(Time * Ends.Length).remainder(5).view(Time, Ends.Length); // [time, batch]
        var together = network.Tell(network.Read(input, new Lengths(Ends, Time, CPU))).view(Time, Ends.Length, -1); // [time, batch, outputs]
        for (var example = 0; example < Ends.Length; example++)
        {
            var alone = input.narrow(0, 0, Ends[example]).narrow(1, example, 1); // [length, 1]
            var told = network.Tell(network.Read(alone, new Lengths([Ends[example]], Ends[example], CPU))); // [length, outputs]
            Numbers.AreClose(told, together.narrow(0, 0, Ends[example]).select(1, example), 1e-5, $"example {example}");
        }
    }

    /// <summary>A backward layer that were asked at the last step would know no more than that step.</summary>
    [Theory]
    [InlineData(false, DirectionCombination.Concatenate)]
    [InlineData(true, DirectionCombination.Concatenate)]
    [InlineData(true, DirectionCombination.Sum)]
    public void Each_direction_has_read_the_whole_example_when_it_is_asked(bool isPadded, DirectionCombination combine)
    {
        using var scope = NewDisposeScope();
        using var network = new SequenceNetwork(Options("gru", bidirectional: true) with { Combine = combine }, Numbers2, seed: 1);
        long[] ends = isPadded ? [4, 6] : [6, 6];
        foreach (var step in new[] { 0, ends[0] - 1 })
        {
            var input = Formula.Double(0.3, Time, 2, 2).to(float32);
            var before = network.Read(input, new Lengths(ends, Time, CPU)).select(0, 0); // [2 · hidden]
            input[step, 0, 0].add_(1);
            var after = network.Read(input, new Lengths(ends, Time, CPU)).select(0, 0); // [2 · hidden]
            Assert.All(Numbers.Of(before - after), difference => Assert.NotEqual(0, difference));
        }
    }

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void Every_parameter_gets_a_gradient(string cell, bool bidirectional)
    {
        using var scope = NewDisposeScope();
        using var network = Network(Tokens, cell, bidirectional);
        var input = arange(Time * Ends.Length).remainder(5).view(Time, Ends.Length); // [time, batch]
        var hidden = network.Read(input, new Lengths(Ends, Time, CPU)); // [time · batch, hidden]
        network.ClassLoss(hidden, arange(Time * Ends.Length).remainder(4)).Objective.backward();
        Assert.All(network.NamedParameters(), named => Assert.True(named.Parameter.grad!.abs().sum().ToDouble() > 0, named.Name));
    }

    [Fact]
    public void Weights_have_the_names_of_PyTorch_and_the_embedding_is_there_for_tokens_alone()
    {
        using var tokens = Network(Tokens, "lstm", bidirectional: false);
        using var numbers = Network(Numbers2, "lstm", bidirectional: false);
        string[] recurrent = ["recurrent.weight_ih_l0", "recurrent.weight_hh_l0", "recurrent.bias_ih_l0", "recurrent.bias_hh_l0", "output.weight", "output.bias"];
        Assert.Equal(["embedding.weight", .. recurrent], tokens.NamedParameters().Select(named => named.Name));
        Assert.Equal(recurrent, numbers.NamedParameters().Select(named => named.Name));
    }

    [Fact]
    public void Its_summary_is_what_it_is_made_of()
    {
        foreach (var shape in new[] { Tokens, Numbers2 })
        {
            using var network = Network(shape, "gru", bidirectional: true);
            var summary = ModelSummary.Of(Options("gru", bidirectional: true), shape);
            Assert.Equal(
                network.NamedParameters().Select(named => (named.Name, string.Join(' ', named.Shape))),
                summary.Parameters.Select(parameter => (parameter.Name, string.Join(' ', parameter.Shape))));
        }
    }

    private static SequenceNetwork Network(ExampleShape shape, string cell, bool bidirectional) => new(Options(cell, bidirectional), shape, seed: 1);

    private static ModelOptions Options(string cell, bool bidirectional) =>
        new() { EmbeddingSize = 3, Cell = EveryCell.Variants.GetValueOrDefault(cell) ?? EveryCell.Variants[$"{cell} tanh"], HiddenSize = 6, Bidirectional = bidirectional };
}
