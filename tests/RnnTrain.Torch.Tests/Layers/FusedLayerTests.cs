using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Tests.Cells;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Layers;

public sealed class FusedLayerTests
{
    private static readonly long[] Sizes = [1, 2, 5];

    public static TheoryData<string, bool> Arrangements => [.. from name in EveryCell.Fused.Concat(EveryCell.Parallel)
                                                                from bidirectional in new[] { false, true }
                                                                select (name, bidirectional)];

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void Whole_sequences_and_steps_are_the_same_function_from_a_state_that_is_not_zero(string name, bool bidirectional)
    {
        var found = 0;
        foreach (var time in Sizes)
        {
            foreach (var batch in Sizes)
            {
                foreach (var (input, hidden) in new[] { (1L, 1L), (3L, 1L), (1L, 4L), (3L, 4L) })
                {
                    AreTheSame(name, bidirectional, time, batch, input, hidden);
                    found++;
                }
            }
        }

        Assert.Equal(36, found);
    }

    [Theory]
    [MemberData(nameof(EveryCell.Names), MemberType = typeof(EveryCell))]
    public void Windows_one_after_the_other_are_the_whole_sequence(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var path in EveryCell.Paths(name))
        {
            using var stack = Stacks.Single(Stacks.Options(EveryCell.Variants[name], path) with { Layers = 2 });
            var input = Formula.Single(0.2, 5, 3, 2);
            var initial = Stacks.State(stack.ZeroState(3));
            var (whole, final) = stack.Forward(input, initial);
            foreach (var windows in new long[][] { [1, 1, 1, 1, 1], [2, 3], [4, 1] })
            {
                var (state, start, outputs) = (initial, 0L, new List<Tensor>());
                foreach (var window in windows)
                {
                    (var output, state) = stack.Forward(input.narrow(0, start, window), state);
                    outputs.Add(output);
                    start += window;
                }

                Numbers.AreClose(whole, cat(outputs), 1e-5, $"{path} output");
                AreClose(final, state, 1e-5);
            }
        }
    }

    private static void AreTheSame(string name, bool bidirectional, long time, long batch, long input, long hidden)
    {
        using var scope = NewDisposeScope();
        var options = new StackOptions
        {
            Cell = EveryCell.Variants[name],
            InputSize = input,
            HiddenSize = hidden,
            Layers = 2,
            Bidirectional = bidirectional,
        };
        var whole = Run(options with { Path = LayerPath.Auto }, time, batch);
        var unrolled = Run(options with { Path = LayerPath.Unrolled }, time, batch);
        Numbers.AreClose(unrolled.Output, whole.Output, 1e-5, "output");
        AreClose(unrolled.Final, whole.Final, 1e-5);
        Assert.Equal(unrolled.Gradients.Keys, whole.Gradients.Keys);
        foreach (var (parameter, gradient) in unrolled.Gradients) Numbers.AreClose(gradient, whole.Gradients[parameter], 1e-4, $"gradient of {parameter}");
    }

    private static (Tensor Output, RecurrentState Final, Dictionary<string, Tensor> Gradients) Run(StackOptions options, long time, long batch)
    {
        using var stack = Stacks.Single(options);
        Assert.All(stack.Description, layer => Assert.Equal(options.Path == LayerPath.Unrolled, layer.Computation == LayerComputation.Unrolled));
        var input = Formula.Single(0.2, time, batch, options.InputSize).requires_grad_();
        var initial = Stacks.State(stack.ZeroState(batch), requiresGrad: true);
        var (output, final) = stack.Forward(input, initial);
        var loss = (output * Formula.Single(0.5, output.shape)).sum();
        foreach (var (_, end) in final.NamedTensors()) loss = loss + (end * Formula.Single(0.6, end.shape)).sum();
        loss.backward();

        var gradients = stack.NamedParameters().ToDictionary(parameter => parameter.Name, parameter => parameter.Parameter.grad!.clone());
        gradients.Add("input", input.grad!);
        foreach (var (state, tensor) in initial.NamedTensors()) gradients.Add(state, tensor.grad!);
        return (output, final, gradients);
    }

    private static void AreClose(RecurrentState expected, RecurrentState actual, double tolerance)
    {
        foreach (var ((name, left), (_, right)) in expected.NamedTensors().Zip(actual.NamedTensors())) Numbers.AreClose(left, right, tolerance, name);
    }
}
