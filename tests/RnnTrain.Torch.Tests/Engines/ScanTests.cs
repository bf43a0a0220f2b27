using RnnTrain.Engines;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Engines;

public sealed class ScanTests
{
    /// <summary>Powers of two, their neighbours, and one step.</summary>
    private static readonly long[] Times = [1, 2, 3, 4, 7, 8, 9, 33];

    public static TheoryData<ScanGate> Gates => [.. Enum.GetValues<ScanGate>()];

    [Fact]
    public void The_linear_scan_is_the_plain_loop_with_all_its_gradients()
    {
        foreach (var time in Times)
        {
            using var scope = NewDisposeScope();
            var (scanned, scannedGradients) = Run(LinearScan.Of);
            var (looped, loopedGradients) = Run(Loop);
            Numbers.AreClose(looped, scanned, 1e-12, $"h of {time} steps");
            for (var i = 0; i < 3; i++) Numbers.AreClose(loopedGradients[i], scannedGradients[i], 1e-12, $"gradient {i} of {time} steps");

            (Tensor, Tensor[]) Run(Func<Tensor, Tensor, Tensor, Tensor> recurrence)
            {
                Tensor[] leaves =
                [
                    Formula.Double(0.1, time, 2, 3).requires_grad_(), Formula.Double(0.2, time, 2, 3).requires_grad_(), Formula.Double(0.3, 2, 3).requires_grad_(),
                ];
                var h = recurrence(leaves[0], leaves[1], leaves[2]); // [time, 2, 3]
                (h * Formula.Double(0.4, h.shape)).sum().backward();
                return (h, [.. leaves.Select(leaf => leaf.grad!)]);
            }
        }
    }

    [Fact]
    public void A_number_that_is_none_stays_in_its_column_and_ahead_of_it()
    {
        using var scope = NewDisposeScope();
        foreach (var poisoned in new[] { 0, 1 })
        {
            Tensor[] ab = [Formula.Double(0.1, 6, 1, 2), Formula.Double(0.2, 6, 1, 2)];
            ab[poisoned][3, 0, 1] = double.NaN;
            var h = Numbers.Of(LinearScan.Of(ab[0], ab[1], Formula.Double(0.3, 1, 2)));
            for (var i = 0; i < h.Length; i++) Assert.Equal(i % 2 == 1 && i / 2 >= 3, double.IsNaN(h[i]));
        }
    }

    [Fact]
    public void Factors_of_zero_and_one_forget_and_keep_exactly()
    {
        using var scope = NewDisposeScope();
        var h = LinearScan.Of(tensor(new[] { 1.0, 0, 1, 1, 0 }, [5, 1, 1]), tensor(new[] { 0.0, 2, 0, 3, 7 }, [5, 1, 1]), tensor(new[] { 4.0 }, [1, 1]));
        Assert.Equal([4, 2, 2, 5, 7], Numbers.Of(h));
    }

    /// <summary>23 hidden units are a vector and a rest, 300 are two units of work.</summary>
    [Theory]
    [MemberData(nameof(Gates))]
    public void On_the_CPU_a_gated_scan_is_what_tensor_operations_give_with_all_its_gradients(ScanGate gate)
    {
        foreach (var hidden in new[] { 1, 16, 23, 300 })
        {
            foreach (var lengths in new long[]?[] { null, [5, 2, 1], [3, 5, 4] })
            {
                using var scope = NewDisposeScope();
                var expected = RunGate(gate, hidden, lengths, isSingle: false);
                var found = RunGate(gate, hidden, lengths, isSingle: true);
                foreach (var (name, value) in expected) Numbers.AreClose(Numbers.Of(value), found[name], 2e-5, $"{name}, {hidden} units");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Gates))]
    public void A_gated_scan_is_its_steps_one_after_the_other(ScanGate gate)
    {
        using var scope = NewDisposeScope();
        var inputs = Formula.Single(0.1, 7, 3, GatedScan.Inputs(gate) * 5);
        var bias = Formula.Single(0.2, GatedScan.Inputs(gate) * 5);
        var state = Formula.Single(0.3, 3, 5);
        var (output, final) = GatedScan.Run(gate, inputs, bias, state);
        for (var t = 0; t < 7; t++)
        {
            state = GatedScan.Step(gate, inputs[t], bias, state); // [3, 5]
            Numbers.AreClose(state, output[t], 1e-6, $"step {t}");
        }

        Numbers.AreEqual(output[6], final, "final");
    }

    /// <summary>Gates far beyond what e^x can hold are 0 or 1, or for two of them as their difference says.</summary>
    [Fact]
    public void Extreme_gates_are_no_NaN()
    {
        using var scope = NewDisposeScope();
        foreach (var gate in Enum.GetValues<ScanGate>())
        {
            foreach (var size in new[] { -1000f, -100, 100, 1000 })
            {
                var inputs = full(3, 1, GatedScan.Inputs(gate) * 2, size).requires_grad_(); // the candidate too
                var (output, _) = GatedScan.Run(gate, inputs, zeros(GatedScan.Inputs(gate) * 2), zeros(1, 2));
                output.sum().backward();
                Assert.All(Numbers.Of(output).Concat(Numbers.Of(inputs.grad!)), value => Assert.True(double.IsFinite(value), $"{gate} {size}: {value}"));
            }
        }

        var both = tensor(new[] { -500f, -500, 1 }, [1, 1, 3]); // f = i, so that half is kept
        Assert.Equal([2.5], Numbers.Of(GatedScan.Run(ScanGate.ForgetAndInput, both, zeros(3), full(1, 1, 4f)).Output));
    }

    [Theory]
    [MemberData(nameof(Gates))]
    public void A_NaN_stays_NaN(ScanGate gate)
    {
        using var scope = NewDisposeScope();
        for (var input = 0; input < GatedScan.Inputs(gate); input++)
        {
            var inputs = Formula.Single(0.1, 4, 1, GatedScan.Inputs(gate));
            inputs[2, 0, input] = float.NaN;
            var output = Numbers.Of(GatedScan.Run(gate, inputs, zeros(GatedScan.Inputs(gate)), zeros(1, 1)).Output);
            Assert.Equal([false, false, true, true], output.Select(double.IsNaN));
        }
    }

    [Fact]
    public void Float64_gradients_of_the_gates_are_what_small_changes_give()
    {
        foreach (var gate in Enum.GetValues<ScanGate>())
        {
            using var scope = NewDisposeScope();
            var inputs = Formula.Double(0.1, 3, 2, GatedScan.Inputs(gate) * 2).requires_grad_();
            Loss(inputs).backward();
            var (found, values) = (Numbers.Of(inputs.grad!), Numbers.Of(inputs));
            for (var i = 0; i < values.Length; i++) Assert.Equal((At(i, 1e-6) - At(i, -1e-6)) / 2e-6, found[i], 1e-8);

            double At(int index, double change)
            {
                var moved = (double[])values.Clone();
                moved[index] += change;
                return Loss(tensor(moved, inputs.shape)).item<double>();
            }

            Tensor Loss(Tensor x)
            {
                var (output, final) = GatedScan.Run(gate, x, Formula.Double(0.2, x.size(2)), Formula.Double(0.3, 2, 2), new Lengths([3, 2], 3, CPU));
                return (output * Formula.Double(0.4, output.shape)).sum() + (final * Formula.Double(0.5, final.shape)).sum();
            }
        }
    }

    private static Dictionary<string, Tensor> RunGate(ScanGate gate, long hidden, long[]? lengths, bool isSingle)
    {
        var type = isSingle ? ScalarType.Float32 : ScalarType.Float64;
        var inputs = Formula.Double(0.1, 5, 3, GatedScan.Inputs(gate) * hidden).to(type).requires_grad_();
        var bias = Formula.Double(0.2, GatedScan.Inputs(gate) * hidden).to(type).requires_grad_();
        var initial = Formula.Double(0.3, 3, hidden).to(type).requires_grad_();
        var (output, final) = GatedScan.Run(gate, inputs, bias, initial, lengths is null ? null : new Lengths(lengths, 5, CPU));
        ((output * Formula.Double(0.4, output.shape)).sum() + (final * Formula.Double(0.5, final.shape)).sum()).backward();
        return new() { ["output"] = output, ["final"] = final, ["inputs"] = inputs.grad!, ["bias"] = bias.grad!, ["initial"] = initial.grad! };
    }

    private static Tensor Loop(Tensor a, Tensor b, Tensor h)
    {
        var steps = new List<Tensor>();
        for (var t = 0; t < a.size(0); t++) steps.Add(h = (a[t] * h) + b[t]);
        return stack(steps);
    }
}
