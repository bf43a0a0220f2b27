using System.Globalization;
using System.Runtime.InteropServices;
using RnnTrain.Configuration;
using RnnTrain.Models.Outputs;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models.Outputs;

/// <summary>The memory of the process, as Linux counts it, at its peak during the loss of 700 tokens over 10,000 words.</summary>
public sealed class OutputMemoryTests(ITestOutputHelper output)
{
    private const int Rows = 700;
    private const int Hidden = 650;
    private const int Words = 10_000;

    [Theory]
    [InlineData(ComputeEngine.Auto)]
    [InlineData(ComputeEngine.Libtorch)]
    public void A_third_of_what_logits_softmax_and_gradient_take(ComputeEngine engine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells");
        using var scope = NewDisposeScope();
        using var layer = new FullOutput(new OutputArguments(Hidden, Words, IsTied: false, engine));
        var input = Formula.Single(0.7, Rows, Hidden).requires_grad_();
        var targets = tensor([.. Enumerable.Range(0, Rows).Select(row => row * 7919L % Words)]);
        var fused = Median(() => layer.Loss(input, input, targets, 1).Objective);
        var naive = Median(() => nn.functional.cross_entropy(layer.Forward(input, input), targets));
        output.WriteLine($"fused {fused / 1e6:F1} MB, naive {naive / 1e6:F1} MB");
        Assert.True(naive > 2 * sizeof(float) * Rows * Words, $"naive took {naive} bytes only: the measure is wrong");
        Assert.True(fused * 3 <= naive, $"{fused} bytes, naive {naive}");

        long Median(Func<Tensor> loss) // the first is larger by what libraries keep for later
        {
            long[] bytes = [.. Enumerable.Range(0, 5).Select(_ => Step(loss)).Order()];
            return bytes[2];
        }

        long Step(Func<Tensor> loss)
        {
            using var step = NewDisposeScope();
            layer.zero_grad();
            input.grad = null;
            _ = TrimHeap(0); // what was freed goes back to the system
            File.WriteAllText("/proc/self/clear_refs", "5"); // the peak starts anew
            var before = Bytes("VmRSS");
            loss().backward();
            return Bytes("VmHWM") - before - (sizeof(float) * ((Words * (Hidden + 1)) + (Rows * Hidden))); // without the gradients, which both must give
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    private static extern int TrimHeap(nuint keep);

    private static long Bytes(string name)
    {
        var line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
