using RnnTrain.Engines;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Models.Outputs;

/// <summary>
/// Linear layer, softmax and cross-entropy in one autograd function. The gradients are formed together with the loss, while the logits are
/// at hand, and wait for the backward pass, which hands them over: to parameters as their `grad`, without a copy. It runs once:
/// what was handed over belongs to the parameter.
/// <para>Arguments of apply: hidden, weight, targets and count as in <see cref="CrossEntropyProblem"/>, the bias or something else where there is none, and a <see cref="Settings"/>.</para>
/// <para>Outputs: the objective, then without gradient the sum of losses in Float64 and the number of correct rows in Int64; all scalars.</para>
/// </summary>
internal sealed class LinearCrossEntropy : autograd.MultiTensorFunction<LinearCrossEntropy>
{
    private const string NoBias = "no bias";
    private const string Key = "pass";

    public override string Name => nameof(LinearCrossEntropy);

    /// <summary>What else an output layer is computed by.</summary>
    /// <param name="Factor">What the objective, the mean loss, is multiplied by.</param>
    /// <param name="LossScale">What it is multiplied by besides; see <see cref="CrossEntropyProblem"/>.</param>
    /// <param name="UsesOneDnn">True where oneDNN is there and the configuration allows it.</param>
    /// <param name="Smoothing">Label smoothing of the objective.</param>
    /// <param name="Wanted">Which gradients a backward pass will ask for.</param>
    public sealed record Settings(double Factor, Tensor? LossScale, bool UsesOneDnn, double Smoothing, WantedGradients Wanted);

    /// <summary>The loss of targets under softmax(hidden · weightᵀ + bias).</summary>
    /// <param name="hidden">[rows, features].</param>
    /// <param name="weight">[classes, features].</param>
    /// <param name="bias">[classes]; null for none.</param>
    /// <param name="targets">[rows] of Int64: a class, or -100.</param>
    /// <param name="factor">What the objective is multiplied by.</param>
    /// <param name="lossScale">What it is multiplied by besides; see <see cref="CrossEntropyProblem"/>.</param>
    /// <param name="usesOneDnn">True where oneDNN is there and the configuration allows it.</param>
    /// <param name="count">What the sum of the losses is divided by; the number of targets if null.</param>
    /// <param name="smoothing">Label smoothing of the objective: the share of each target that is spread evenly over all classes.</param>
    public static TokenLoss Loss(
        Tensor hidden, Tensor weight, Tensor? bias, Tensor targets, double factor, Tensor? lossScale, bool usesOneDnn, Tensor? count = null,
        double smoothing = 0)
    {
        Shapes.Require(targets, nameof(targets), hidden.size(0), "rows");
        count ??= targets.ne(CrossEntropyProblem.Ignored).sum(); // []
        var wanted = is_grad_enabled() ? new WantedGradients(hidden.requires_grad, weight.requires_grad, bias?.requires_grad ?? false) : default;
        var settings = new Settings(factor, lossScale, usesOneDnn, smoothing, wanted);
        var found = apply(hidden.contiguous(), weight, (object?)bias ?? NoBias, targets, count, settings); // [] three times
        return new TokenLoss(found[0], found[1], found[2], count);
    }

    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (weight, bias, settings) = ((Tensor)vars[1], vars[2] as Tensor, (Settings)vars[5]);
        var problem = new CrossEntropyProblem(
            (Tensor)vars[0], weight, bias, (Tensor)vars[3], (Tensor)vars[4], settings.Factor, settings.LossScale, settings.Wanted)
        { Smoothing = settings.Smoothing };
        var solution = settings.UsesOneDnn && OneDnnCrossEntropy.Serves(problem)
            ? OneDnnCrossEntropy.Solve(problem)
            : LibtorchCrossEntropy.Solve(problem);
        var pass = new Pass();
        pass.Keep(solution.HiddenGradient, null);
        pass.Keep(solution.WeightGradient, weight);
        pass.Keep(solution.BiasGradient, bias);
        ctx.save_for_backward(pass.Saved);
        ctx.save_data(Key, pass);
        ctx.mark_non_differentiable([solution.LossSum, solution.Correct]);
        var type = problem.Hidden.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        using var mean = solution.Smoothed(settings.Smoothing) / problem.Count; // []
        using var objective = mean * settings.Factor; // []
        if (settings.LossScale is { } lossScale) objective.mul_(lossScale);
        return [objective.to(type, copy: true), solution.LossSum, solution.Correct];
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        using var frozen = no_grad();
        var pass = (Pass)ctx.get_data(Key)!;
        if (pass.IsOver) throw new InvalidOperationException($"{Name} runs backward once, since its gradients are handed over without a copy");
        pass.IsOver = true;
        var saved = ctx.get_saved_variables();
        var (upstream, given) = (grad_outputs[0], new Tensor[3]);
        for (var i = 0; i < given.Length; i++)
        {
            if (pass.Gradients[i] is not { } place) continue;
            var gradient = saved[place];
            Scale(gradient, upstream);
            if (pass.Parameters[i] is not { } parameter)
            {
                given[i] = gradient;
                continue;
            }

            ParameterGradient.Add(saved[parameter], gradient);
            saved[parameter].Dispose();
            gradient.Dispose();
        }

        return [given[0], given[1], given[2], null!, null!, null!];
    }

    /// <summary>On the CPU the upstream gradient, 1 nearly always, is looked at; elsewhere that would make the host wait.</summary>
    private static void Scale(Tensor gradient, Tensor upstream)
    {
        if (upstream.device_type == DeviceType.CPU && upstream.ToDouble() == 1) return;
        gradient.mul_(upstream);
    }

    /// <summary>Which saved tensor is what: gradients of hidden, weight and bias, and the parameters that take them over.</summary>
    private sealed class Pass
    {
        public List<Tensor> Saved { get; } = [];

        public List<int?> Gradients { get; } = [];

        public List<int?> Parameters { get; } = [];

        public bool IsOver { get; set; }

        public void Keep(Tensor? gradient, Tensor? target)
        {
            Gradients.Add(Place(gradient));
            Parameters.Add(gradient is not null && target is { is_leaf: true } ? Place(target) : null);
        }

        private int? Place(Tensor? tensor)
        {
            if (tensor is null) return null;
            Saved.Add(tensor);
            return Saved.Count - 1;
        }
    }
}
