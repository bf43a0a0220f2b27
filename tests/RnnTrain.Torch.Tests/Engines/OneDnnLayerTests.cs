using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Layers;
using RnnTrain.Tensors;
using RnnTrain.Tests.Cells;
using RnnTrain.Tests.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Engines;

/// <summary>The engine over oneDNN against the cell that steps, in Float64.</summary>
public sealed class OneDnnLayerTests
{
    // around the width of vectors, tiles and panels, and where two threads are worth it
    private static readonly long[] HiddenSizes = [1, 3, 8, 15, 16, 17, 33, 70, 130];

    public static TheoryData<string, long> Sizes => [.. from name in EveryCell.Fused from hidden in HiddenSizes select (name, hidden)];

    public static TheoryData<string, string> SlowerInstructions => [.. from name in EveryCell.Fused from set in new[] { "avx2", "plain" } select (name, set)];

    public static TheoryData<string> Names => EveryCell.FusedNames;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void It_computes_what_the_cell_computes_forward_and_backward(string name, long hidden)
    {
        RequireEngine();
        var found = 0;
        foreach (var (time, batch, input) in new[] { (1L, 1L, 1L), (1, 5, 3), (2, 7, 1), (3, 1, 4), (4, 6, 2), (7, 20, 9) })
        {
            AreTheSame(Options(name, input, hidden), time, batch, lengths: null);
            found++;
        }

        Assert.Equal(6, found);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Examples_of_different_lengths_end_where_they_end(string name, long hidden)
    {
        RequireEngine();
        AreTheSame(Options(name, 3, hidden), 2, 3, [1, 2, 1]);
        AreTheSame(Options(name, 2, hidden), 6, 4, [6, 1, 3, 3]);
        AreTheSame(Options(name, 5, hidden), 9, 11, [2, 9, 9, 1, 4, 4, 8, 3, 2, 1, 5]);
        AreTheSame(Options(name, 5, hidden), 9, 2, [7, 3]);
    }

    [Theory]
    [MemberData(nameof(SlowerInstructions))]
    public void Processors_with_shorter_vectors_compute_the_same(string name, string instructions)
    {
        RequireEngine();
        var best = OneDnn.Instructions;
        Assert.SkipWhen(instructions == "avx2" && best == "plain", "this processor has no AVX2");
        OneDnn.Instructions = instructions;
        try
        {
            foreach (var hidden in new[] { 1L, 7L, 8L, 33L, 100L }) AreTheSame(Options(name, 3, hidden), 4, 20, lengths: null);
            AreTheSame(Options(name, 5, 33), 9, 11, [2, 9, 9, 1, 4, 4, 8, 3, 2, 1, 5]);
        }
        finally
        {
            OneDnn.Instructions = best;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_plain_layer_on_the_CPU_takes_it(string name)
    {
        RequireEngine();
        using var scope = NewDisposeScope();
        var before = OneDnnLayer.Calls;
        foreach (var bidirectional in new[] { false, true })
        {
            using var stack = Stacks.Single(Options(name, 2, 3) with { Bidirectional = bidirectional, Engine = ComputeEngine.Auto });
            Assert.Contains("oneDNN", stack.Description[0].Reason, StringComparison.Ordinal);
            stack.Forward(Formula.Single(0.2, 4, 3, 2), stack.ZeroState(3));
        }

        Assert.Equal(before + 6, OneDnnLayer.Calls); // two layers, one direction and then two
    }

    [Fact]
    public void It_leaves_alone_what_it_may_not_or_cannot_compute()
    {
        using var scope = NewDisposeScope();
        var before = OneDnnLayer.Calls;
        using var libtorch = Stacks.Single(Options("lstm", 2, 3) with { Engine = ComputeEngine.Libtorch });
        Assert.Contains("by libtorch, since engine is libtorch", libtorch.Description[0].Reason, StringComparison.Ordinal);
        libtorch.Forward(Formula.Single(0.2, 4, 3, 2), libtorch.ZeroState(3));
        using var wide = Stacks.Double(Options("lstm", 2, 3));
        wide.Forward(Formula.Double(0.2, 4, 3, 2), wide.ZeroState(3));
        Assert.Equal(before, OneDnnLayer.Calls);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_gradients_it_computes_the_same(string name)
    {
        RequireEngine();
        using var scope = NewDisposeScope();
        using var stack = Stacks.Single(Options(name, 3, 20) with { Bidirectional = true });
        foreach (var lengths in new[] { null, new Lengths([5, 2, 4], 5, CPU) })
        {
            var (input, initial) = (Formula.Single(0.2, 5, 3, 3), Stacks.State(stack.ZeroState(3)));
            var (recorded, recordedFinal) = stack.Forward(input, initial, lengths);
            using var frozen = no_grad();
            var (output, final) = stack.Forward(input, initial, lengths);
            Assert.True(recorded.requires_grad && !output.requires_grad);
            Numbers.AreEqual(recorded, output, "output");
            AreClose(recordedFinal, final, 0);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_add_up_over_forward_passes_that_stand_side_by_side(string name)
    {
        RequireEngine();
        using var scope = NewDisposeScope();
        using var stack = Stacks.Single(Options(name, 3, 6));
        var (first, second) = (Formula.Single(0.2, 4, 2, 3), Formula.Single(0.9, 4, 2, 3));
        var one = Loss(first);
        var two = Loss(second);
        (one + two).backward();
        var together = Gradients(stack);
        stack.zero_grad();
        Loss(first).backward();
        Loss(second).backward();
        foreach (var (parameter, gradient) in Gradients(stack)) Numbers.AreClose(gradient, together[parameter], 1e-5, parameter);

        Tensor Loss(Tensor input)
        {
            var (output, _) = stack.Forward(input, stack.ZeroState(2));
            return (output * output).sum();
        }
    }

    [Fact]
    public void A_graph_that_is_kept_can_be_gone_through_twice_and_one_that_is_not_says_so()
    {
        RequireEngine();
        using var scope = NewDisposeScope();
        using var stack = Stacks.Single(Options("lstm", 3, 6));
        var (output, _) = stack.Forward(Formula.Single(0.2, 4, 2, 3), stack.ZeroState(2));
        var loss = output.sum();
        loss.backward(create_graph: false, retain_graph: true);
        var once = Gradients(stack);
        loss.backward();
        foreach (var (parameter, gradient) in Gradients(stack)) Numbers.AreClose(once[parameter] * 2, gradient, 1e-6, parameter);
        var mistake = Assert.ThrowsAny<Exception>(() => loss.backward());
        Assert.Contains("second time", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_needs_no_gradient_gets_none()
    {
        RequireEngine();
        using var scope = NewDisposeScope();
        using var stack = Stacks.Single(Options("gru", 3, 6) with { Layers = 1 });
        var parameters = stack.NamedParameters();
        parameters[1].Parameter.requires_grad = false;
        var input = Formula.Single(0.2, 4, 2, 3);
        var initial = Stacks.State(stack.ZeroState(2), requiresGrad: true);
        stack.Forward(input, initial).Output.sum().backward();
        Assert.Null(input.grad);
        Assert.Null(parameters[1].Parameter.grad);
        Assert.NotNull(parameters[0].Parameter.grad);
        Assert.NotNull(initial[0][0].Hidden.grad);
    }

    [Fact]
    public void Weights_that_were_computed_get_their_gradient_through_what_computed_them()
    {
        RequireEngine();
        using var scope = NewDisposeScope();
        using var stack = Stacks.Single(Options("gru", 3, 6) with { Layers = 1 });
        var parameters = stack.NamedParameters().Select(parameter => parameter.Parameter).ToList();
        var halves = parameters.Select(parameter => parameter * 0.5).ToList();
        var layer = new OneDnnLayer(FusedKernel.Gru, halves[0], halves[1], halves[2], halves[3]);
        layer.Forward(Formula.Single(0.2, 4, 2, 3), zeros(2, 6), null).Output.sum().backward();
        var found = Gradients(stack);
        using (no_grad())
        {
            foreach (var parameter in parameters) parameter.mul_(0.5);
        }

        stack.zero_grad();
        stack.Forward(Formula.Single(0.2, 4, 2, 3), stack.ZeroState(2)).Output.sum().backward();
        foreach (var (parameter, gradient) in Gradients(stack)) Numbers.AreClose(gradient * 0.5, found[parameter], 1e-6, parameter);
    }

    [Fact]
    public void A_final_state_alone_carries_its_gradient_and_gaps_in_memory_do_no_harm()
    {
        RequireEngine();
        using var scope = NewDisposeScope();
        var options = Options("lstm", 3, 6) with { Layers = 1 };
        var found = Run(Stacks.Single(options));
        var expected = Run(Stacks.Single(options with { Path = LayerPath.Unrolled }));
        foreach (var (parameter, gradient) in expected) Numbers.AreClose(gradient, found[parameter], 1e-5, parameter);

        static Dictionary<string, Tensor> Run(RecurrentStack stack)
        {
            var input = Formula.Single(0.2, 2, 4, 3).transpose(0, 1); // [time = 4, batch = 2, features], not contiguous
            var (_, final) = stack.Forward(input, stack.ZeroState(2));
            final[0][0].Memory!.sum().expand(2, 2).sum().backward();
            return Gradients(stack);
        }
    }

    [Fact]
    public void Infinite_weights_are_not_hidden()
    {
        RequireEngine();
        using var scope = NewDisposeScope();
        using var stack = Stacks.Single(Options("lstm", 3, 6));
        using (no_grad()) stack.NamedParameters()[0].Parameter.fill_(float.NaN);
        var (output, _) = stack.Forward(Formula.Single(0.2, 4, 2, 3), stack.ZeroState(2));
        Assert.All(Numbers.Of(output), value => Assert.True(double.IsNaN(value)));
    }

    /// <summary>The workspace is megabytes a pass; kept without a backward pass, it would show in the size of the process.</summary>
    [Fact]
    public void Forward_passes_without_a_backward_pass_leave_nothing_behind()
    {
        RequireEngine();
        using var scope = NewDisposeScope();
        using var stack = Stacks.Single(Options("lstm", 32, 128));
        var input = Formula.Single(0.2, 1, 1, 32).expand(50, 32, 32).contiguous(); // [time, batch, features]
        for (var i = 0; i < 5; i++) Pass();
        var (tensors, memory) = (DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount, Resident());
        for (var i = 0; i < 100; i++) Pass();
        Assert.Equal(tensors, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
        Assert.InRange(Resident() - memory, long.MinValue, 100L << 20); // 100 passes keep 800 MB

        void Pass()
        {
            using var inner = NewDisposeScope();
            stack.Forward(input, stack.ZeroState(32));
        }

        static long Resident()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Environment.WorkingSet;
        }
    }

    private static void RequireEngine()
    {
        Assert.SkipUnless(OneDnn.IsAvailable, OneDnn.WhyNot ?? "");
        OneDnn.Threads = 3; // an odd number divides blocks unevenly
    }

    private static StackOptions Options(string name, long input, long hidden) => new()
    {
        Cell = EveryCell.Variants[name],
        InputSize = input,
        HiddenSize = hidden,
        Layers = 2,
        Engine = ComputeEngine.Onednn,
    };

    private static void AreTheSame(StackOptions options, long time, long batch, long[]? lengths)
    {
        foreach (var bidirectional in new[] { false, true })
        {
            using var scope = NewDisposeScope();
            var before = OneDnnLayer.Calls;
            var found = Run(Stacks.Single(options with { Bidirectional = bidirectional }), time, batch, lengths);
            Assert.Equal(before + (bidirectional ? 4 : 2), OneDnnLayer.Calls);
            var expected = Run(Stacks.Double(options with { Bidirectional = bidirectional, Path = LayerPath.Unrolled }), time, batch, lengths);
            var sizes = $"time {time}, batch {batch}, input {options.InputSize}, bidirectional {bidirectional}:";
            Numbers.AreClose(expected.Output, found.Output, 1e-5, $"{sizes} output");
            AreClose(expected.Final, found.Final, 1e-5);
            Assert.Equal(expected.Gradients.Keys, found.Gradients.Keys);
            foreach (var (of, gradient) in expected.Gradients) Numbers.AreClose(gradient, found.Gradients[of], 1e-4, $"{sizes} gradient of {of}");
        }
    }

    private static (Tensor Output, RecurrentState Final, Dictionary<string, Tensor> Gradients) Run(RecurrentStack stack, long time, long batch, long[]? lengths)
    {
        var type = stack.NamedParameters()[0].Parameter.dtype;
        using (no_grad())
        {
            // so that the sums, and with them the gradients, stay of order one
            foreach (var parameter in stack.NamedParameters()) parameter.Parameter.mul_(1 / Math.Sqrt(parameter.Shape[^1]));
        }

        var input = Formula.Double(0.2, time, batch, stack.NamedParameters()[0].Shape[1]).to(type).requires_grad_();
        var initial = Stacks.State(stack.ZeroState(batch), requiresGrad: true);
        var (output, final) = stack.Forward(input, initial, lengths is null ? null : new Lengths(lengths, time, CPU));
        var loss = (output * Formula.Double(0.5, output.shape).to(type)).mean();
        foreach (var (_, end) in final.NamedTensors()) loss = loss + (end * Formula.Double(0.6, end.shape).to(type)).mean();
        loss.backward();
        var gradients = Gradients(stack);
        gradients.Add("input", input.grad!);
        foreach (var (state, tensor) in initial.NamedTensors()) gradients.Add(state, tensor.grad!);
        return (output, final, gradients.ToDictionary(pair => pair.Key, pair => pair.Value * output.numel()));
    }

    private static Dictionary<string, Tensor> Gradients(RecurrentStack stack) =>
        stack.NamedParameters().ToDictionary(parameter => parameter.Name, parameter => parameter.Parameter.grad!.clone());

    private static void AreClose(RecurrentState expected, RecurrentState actual, double tolerance)
    {
        foreach (var ((name, left), (_, right)) in expected.NamedTensors().Zip(actual.NamedTensors())) Numbers.AreClose(left, right, tolerance, name);
    }
}
