using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Tensors;
using RnnTrain.Tests.Cells;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Layers;

public sealed class PaddingTests
{
    private const long Time = 4;

    public static TheoryData<string, bool, LayerPath> Arrangements => [.. from name in EveryCell.Variants.Keys
                                                                          from bidirectional in new[] { false, true }
                                                                          from path in EveryCell.Paths(name)
                                                                          select (name, bidirectional, path)];

    [Fact]
    public void The_arrangements_are_all_there() =>
        Assert.Equal(2 * (EveryCell.Variants.Count + EveryCell.Fused.Count() + EveryCell.Parallel.Count()), Arrangements.Count);

    /// <summary>The lengths of a batch of three in every combination.</summary>
    [Theory]
    [MemberData(nameof(Arrangements))]
    public void A_padded_batch_gives_what_single_sequences_give(string name, bool bidirectional, LayerPath path)
    {
        using var scope = NewDisposeScope();
        using var stack = Stacks.Double(Stacks.Options(EveryCell.Variants[name], path) with { Layers = 2, Bidirectional = bidirectional });
        var input = Formula.Double(0.2, Time, 3, 2);
        var initial = Stacks.State(stack.ZeroState(3));
        var singles = Enumerable.Range(0, 3).Select(example => Singles(stack, input, initial, example)).ToList();
        var combinations = 0;
        for (var code = 0; code < Time * Time * Time; code++, combinations++)
        {
            using var inner = NewDisposeScope();
            long[] lengths = [1 + (code % Time), 1 + (code / Time % Time), 1 + (code / (Time * Time))];
            var (output, final) = stack.Forward(input, initial, new Lengths(lengths, Time, CPU));
            for (var example = 0; example < 3; example++)
            {
                var (expected, end) = singles[example][(int)lengths[example] - 1];
                var found = output.narrow(1, example, 1); // [time, 1, features]
                Numbers.AreClose(expected, found.narrow(0, 0, lengths[example]), 1e-12, "output");
                Assert.All(Numbers.Of(found.narrow(0, lengths[example], Time - lengths[example])), value => Assert.Equal(0, value));
                foreach (var ((state, left), (_, right)) in end.NamedTensors().Zip(final.NamedTensors()))
                {
                    Numbers.AreClose(left, right.narrow(0, example, 1), 1e-12, $"final {state} of lengths {string.Join(' ', lengths)}");
                }
            }
        }

        Assert.Equal(64, combinations);
    }

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void What_stands_in_the_padding_changes_nothing_and_gets_no_gradient(string name, bool bidirectional, LayerPath path)
    {
        using var scope = NewDisposeScope();
        using var stack = Stacks.Double(Stacks.Options(EveryCell.Variants[name], path) with { Layers = 2, Bidirectional = bidirectional });
        var lengths = new Lengths([2, 4, 1], Time, CPU);
        var (first, firstGradient) = Run(Formula.Double(0.2, Time, 3, 2));
        var (second, secondGradient) = Run(Formula.Double(0.2, Time, 3, 2) + (lengths.Mask.logical_not() * 7.0));

        Numbers.AreClose(first, second, 1e-12, "output");
        Numbers.AreClose(firstGradient, secondGradient, 1e-12, "gradient");
        Numbers.AreEqual(zeros_like(firstGradient), firstGradient * lengths.Mask.logical_not(), "gradient of the padding");

        (Tensor Output, Tensor Gradient) Run(Tensor input)
        {
            input = input.detach().requires_grad_();
            var (output, final) = stack.Forward(input, Stacks.State(stack.ZeroState(3)), lengths);
            var loss = (output * Formula.Double(0.5, output.shape)).sum();
            foreach (var (_, end) in final.NamedTensors()) loss = loss + end.sum();
            loss.backward();
            return (output, input.grad!);
        }
    }

    /// <summary>One example alone, cut at every length.</summary>
    private static List<(Tensor Output, RecurrentState Final)> Singles(RecurrentStack stack, Tensor input, RecurrentState initial, int example)
    {
        var alone = initial.Select(tensor([example], int64));
        return [.. Enumerable.Range(1, (int)Time).Select(length => stack.Forward(input.narrow(0, 0, length).narrow(1, example, 1), alone))];
    }
}
