using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>
/// The linear recurrence <c>h_t = a_t ⊙ h_(t−1) + b_t</c> of a whole sequence by tensor operations, on every device and in every type, in
/// ⌈log₂ time⌉ passes: Hillis and Steele, "Data parallel algorithms" (1986). A pass joins every step with the one 1, 2, 4, … steps before:
/// <code>
/// (a, b)_t ← (a_t ⊙ a_(t−s), a_t ⊙ b_(t−s) + b_t)
/// </code>
/// No logarithm and no division: it is as stable as the loop wherever |a| ≤ 1. Its derivative is such a recurrence too, backwards:
/// <code>
/// g_t = ∂h_t + a_(t+1) ⊙ g_(t+1)        ∂b_t = g_t        ∂a_t = g_t ⊙ h_(t−1)        ∂h_(−1) = a_0 ⊙ g_0
/// </code>
/// </summary>
public sealed class LinearScan : autograd.SingleTensorFunction<LinearScan>
{
    public override string Name => nameof(LinearScan);

    /// <summary>Runs it. Numbers of a type shorter than Float32 are computed in Float32 and rounded at the end.</summary>
    /// <param name="a">[time, batch, hidden].</param>
    /// <param name="b">[time, batch, hidden].</param>
    /// <param name="initial">h before the first step, [batch, hidden].</param>
    /// <returns>h after each step, [time, batch, hidden].</returns>
    public static Tensor Of(Tensor a, Tensor b, Tensor initial) => apply(a, b, initial);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (a, b, initial) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var h = Scan(a, b, initial); // [time, batch, hidden]
        ctx.save_for_backward([a, initial, h]);
        return h;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (a, initial, h) = (saved[0], saved[1], saved[2]); // [time, batch, hidden], [batch, hidden], [time, batch, hidden]
        var (time, start) = (a.size(0), initial.unsqueeze(0)); // start: [1, batch, hidden]
        var later = cat([a.narrow(0, 1, time - 1), zeros_like(start)]); // [time, batch, hidden], a_(t+1)
        var before = cat([start, h.narrow(0, 0, time - 1)]); // [time, batch, hidden], h_(t−1)
        var g = Scan(later.flip(0), grad_output.flip(0), zeros_like(initial)).flip(0); // [time, batch, hidden]
        var toA = g * before; // [time, batch, hidden]
        var toInitial = a[0] * g[0]; // [batch, hidden]
        return [toA.MoveToOuterDisposeScope(), g.MoveToOuterDisposeScope(), toInitial.MoveToOuterDisposeScope()];
    }

    private static Tensor Scan(Tensor a, Tensor b, Tensor initial)
    {
        using var scope = NewDisposeScope();
        var time = a.size(0);
        var type = a.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? ScalarType.Float32 : a.dtype;
        var factor = a.to(type, copy: true); // [time, batch, hidden], product of the a that h reaches back over
        var h = b.to(type, copy: true); // [time, batch, hidden]
        h[0].addcmul_(factor[0], initial.to(type), 1);
        for (long step = 1; step < time; step *= 2)
        {
            using var pass = NewDisposeScope();
            var rest = time - step;
            var reached = factor.narrow(0, step, rest); // [rest, batch, hidden]
            var joined = reached * h.narrow(0, 0, rest); // [rest, batch, hidden]; in full first, since h is read and written
            h.narrow(0, step, rest).add_(joined);
            if (2 * step < time) reached.copy_(reached * factor.narrow(0, 0, rest));
        }

        return h.to(a.dtype).MoveToOuterDisposeScope(); // [time, batch, hidden]
    }
}
