using RnnTrain.Cells;
using RnnTrain.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Reports;

/// <summary>
/// The Jacobian J = ∂state_t/∂state_(t−1) of a cell's step, over all parts of the state at once. Pascanu, Mikolov and Bengio, "On the
/// difficulty of training recurrent neural networks" (2013): where its largest singular value stays below 1, gradients vanish.
/// <para>
/// The value comes from power iteration, v ← JᵀJ v, all examples of a batch side by side. Jᵀu is a backward pass; J v is one through that
/// one, since Jᵀu is linear in u. So J is never formed, which a state of a matrix of numbers would forbid.
/// </para>
/// </summary>
public static class StepJacobian
{
    private const int Iterations = 500;
    private const double Tolerance = 1e-6;

    /// <param name="cell">In evaluation mode, its parameters in Float64.</param>
    /// <param name="projected">What it reads: [batch, gates · hidden].</param>
    /// <param name="before">The state the step begins with.</param>
    /// <returns>The largest singular value of each example's Jacobian: [batch].</returns>
    public static double[] Norms(RecurrentCell cell, Tensor projected, CellState before)
    {
        using var scope = NewDisposeScope();
        using var recording = enable_grad();
        var start = before.Map(part => part.detach().requires_grad_()); // [batch, …]
        var (_, end) = cell.Step(projected.detach(), start);
        var (from, to) = (Parts(start), Parts(end));
        Tensor[] u = [.. to.Select(part => zeros_like(part).requires_grad_())]; // [batch, …]
        var back = autograd.grad(to, from, u, create_graph: true, allow_unused: true); // Jᵀu, [batch, …]
        Tensor[] reached = [.. back.Where(part => part is { requires_grad: true })];
        if (reached.Length == 0) return new double[projected.size(0)];

        var v = Unit([.. from.Select((part, i) => Noise(part, i))]); // [batch, …]
        var last = zeros(projected.size(0), ScalarType.Float64); // [batch]
        for (var i = 0; i < Iterations; i++)
        {
            using var step = NewDisposeScope();
            Tensor[] seeds = [.. v.Where((_, part) => back[part] is { requires_grad: true })]; // of the parts that J reaches
            var w = Filled(autograd.grad(reached, u, seeds, retain_graph: true, allow_unused: true), to); // J v, [batch, …]
            var norm = Norm(w).MoveToOuterDisposeScope(); // [batch]
            var z = Filled(autograd.grad(to, from, w, retain_graph: true, allow_unused: true), from); // Jᵀ J v, [batch, …]
            v = Unit(z);
            foreach (var part in v) part.MoveToOuterDisposeScope();
            var change = ((norm - last).abs() / norm.clamp(min: 1e-300)).max().ToDouble();
            last = norm;
            if (change < Tolerance) break;
        }
        return last.cpu().data<double>().ToArray();
    }

    private static Tensor[] Parts(CellState state) => [.. Enumerable.Range(0, state.Count).Select(part => state[part])];

    private static Tensor[] Filled(IList<Tensor> parts, Tensor[] like) => [.. parts.Select((part, i) => (part ?? zeros_like(like[i])).detach())];

    /// <summary>The norm over all parts: [batch].</summary>
    private static Tensor Norm(Tensor[] parts) =>
        parts.Select(part => part.detach().to(ScalarType.Float64).square().flatten(1).sum(1)).Aggregate((sum, next) => sum + next).sqrt(); // [batch]

    private static Tensor[] Unit(Tensor[] parts)
    {
        var norm = Norm(parts).clamp(min: 1e-300); // [batch]
        return [.. parts.Select(part => part / norm.view([-1, .. Enumerable.Repeat(1L, (int)part.dim() - 1)]).to(part.dtype))]; // [batch, …]
    }

    /// <summary>Of a generator of its own, so that the same network gives the same numbers.</summary>
    private static Tensor Noise(Tensor like, int part)
    {
        var random = PortableRandom.For(1, $"power iteration {part}");
        var numbers = new double[like.numel()];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = random.NextDouble() - 0.5;
        return tensor(numbers).view(like.shape).to(like.dtype, like.device);
    }
}
