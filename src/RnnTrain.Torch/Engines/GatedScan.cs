using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>
/// The recurrence of networks whose gates depend on the input alone, for a whole sequence:
/// <c>h_t = k_t ⊙ h_(t−1) + (1 − k_t) ⊙ u_t</c>, with k as <see cref="ScanGate"/> has it. On the CPU in Float32 gates and recurrence are one
/// pass over memory each way (<see cref="CpuGatedScan"/>), else tensor operations around a <see cref="LinearScan"/>.
/// </summary>
public static class GatedScan
{
    /// <summary>Reads a batch of sequences.</summary>
    /// <param name="gate">Which gate.</param>
    /// <param name="inputs">The gate's inputs, u the last: [time, batch, inputs · hidden].</param>
    /// <param name="bias">Added to them: [inputs · hidden].</param>
    /// <param name="initial">h before the first step, [batch, hidden].</param>
    /// <param name="lengths">Where each example ends; all at the last step if null.</param>
    /// <returns>h after each step, [time, batch, hidden], zero beyond an example's length; and h at its length, [batch, hidden].</returns>
    public static (Tensor Output, Tensor Final) Run(ScanGate gate, Tensor inputs, Tensor bias, Tensor initial, Lengths? lengths = null)
    {
        if (CpuGatedScan.Serves(inputs, bias, initial)) return CpuGatedScan.Run(gate, inputs, bias, initial, lengths);
        var (keep, candidate) = Gates(gate, inputs + bias); // [time, batch, hidden] twice
        var b = (1 - keep) * candidate; // [time, batch, hidden]
        if (lengths is not { AllFull: false })
        {
            var whole = LinearScan.Of(keep, b, initial); // [time, batch, hidden]
            return (whole, whole.select(0, whole.size(0) - 1));
        }

        // beyond its end an example keeps its state
        keep = where(lengths.Mask, keep, ones_like(keep)); // [time, batch, hidden]
        b = where(lengths.Mask, b, zeros_like(b)); // [time, batch, hidden]
        var output = LinearScan.Of(keep, b, initial); // [time, batch, hidden]
        return (output * lengths.Mask, output.select(0, output.size(0) - 1));
    }

    /// <summary>One step: [batch, inputs · hidden] and [batch, hidden] → [batch, hidden].</summary>
    public static Tensor Step(ScanGate gate, Tensor inputs, Tensor bias, Tensor state)
    {
        var (keep, candidate) = Gates(gate, inputs + bias); // [batch, hidden] twice
        return candidate + (keep * (state - candidate)); // [batch, hidden]
    }

    /// <summary>The share of the state that one step keeps, 0 to 1: [batch, inputs · hidden] → [batch, hidden].</summary>
    public static Tensor Kept(ScanGate gate, Tensor inputs, Tensor bias) => Gates(gate, inputs + bias).Keep; // [batch, hidden]

    /// <summary>How many inputs a gate has, u among them.</summary>
    public static int Inputs(ScanGate gate) => gate == ScanGate.ForgetAndInput ? 3 : 2;

    private static (Tensor Keep, Tensor Candidate) Gates(ScanGate gate, Tensor inputs)
    {
        var parts = inputs.chunk(Inputs(gate), -1); // […, hidden] each
        var keep = gate switch
        {
            ScanGate.Forget => parts[0].sigmoid(),
            ScanGate.Update => (-parts[0]).sigmoid(),

            // σ(f) / (σ(f) + σ(i)) that never is 0 / 0
            _ => (nn.functional.logsigmoid(parts[0]) - nn.functional.logsigmoid(parts[1])).sigmoid(),
        }; // […, hidden]
        return (keep, parts[^1]);
    }
}
