using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Numerics;
using RnnTrain.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnTrain.Training;

/// <summary>One optimizer step: forward, loss, backward, norm, clipping, update. Its tensors live and die in it, but for the carried state.</summary>
/// <param name="task">What is learned.</param>
/// <param name="parameters">What is trained.</param>
/// <param name="settings">Seed, clipping.</param>
/// <param name="defers">
/// True to leave loss and norm on the device, so that nothing waits for it: clipping is computed there, and a step of which they are not
/// finite changes nothing. False to read them before the update.
/// </param>
/// <param name="stages">Who measures, or null.</param>
public sealed class TrainingStep(
    ITask task, IReadOnlyList<NamedParameter> parameters, TrainingSettings settings, bool defers, StageTimes? stages)
{
    private readonly GradientNorm gradientNorm = new(parameters);
    private readonly Parameter[] inModel = [.. task.Model.parameters()];

    /// <summary>Changes weights, optimizer memory and carried state; the counters are not its own.</summary>
    /// <returns>The mean loss and the gradient norm before clipping.</returns>
    /// <exception cref="TrainingDivergedException">One of them is not finite, and it was read: the weights have not changed.</exception>
    public StepNumbers Take(TrainingState state, Batch batch, double learningRate)
    {
        var progress = state.Progress;
        using var scope = NewDisposeScope();
        manual_seed(Seeds.Derive(settings.Seed, "step", progress.Epoch, progress.Step));
        foreach (var parameter in inModel) parameter.grad = null; // as zero_grad does, which walks through all modules
        var step = task.Step(batch, state.Carried, state.Precision.LossScale?.Value, stages);
        stages?.Mark(Stage.Loss);
        step.Objective.backward();
        state.Precision.CollectGradients();
        stages?.Mark(Stage.Backward);
        var numbers = defers || state.Precision.LossScale is not null
            ? UpdateUnread(state, step.MeanLoss, learningRate)
            : Update(state, step.MeanLoss, learningRate);
        state.Precision.UpdateModel();
        stages?.Mark(Stage.Optimizer);
        state.Carry(step.Carried?.MoveToOuterDisposeScope());
        return numbers;
    }

    private StepNumbers Update(TrainingState state, Tensor meanLoss, double learningRate)
    {
        var loss = meanLoss.item<float>();
        var norm = gradientNorm.Measure();
        StepNumbers.RequireFinite(state.Progress.Step + 1, loss, norm);
        stages?.Mark(Stage.Clip);
        state.Optimizer.Step(learningRate, GradientNorm.ScaleToClip(norm, settings.Training.ClipNorm));
        return new StepNumbers(loss, norm);
    }

    private StepNumbers UpdateUnread(TrainingState state, Tensor meanLoss, double learningRate)
    {
        using var frozen = no_grad();
        var loss = meanLoss.detach().to_type(ScalarType.Float32); // []
        var gradients = FlatGradient.Of(parameters);
        var norm = state.Precision.Unscaled(GradientNorm.Of(gradients)); // []
        var isFinite = loss.isfinite().logical_and(norm.isfinite()); // []
        var scale = state.Precision.Unscaled(GradientNorm.ScaleToClip(norm, settings.Training.ClipNorm)); // []
        stages?.Mark(Stage.Clip);
        state.Optimizer.Step(learningRate, gradients, scale, isFinite);
        state.Precision.LossScale?.Update(isFinite);
        return new StepNumbers(stack([loss, norm]).DetachFromDisposeScope()); // [2]
    }
}
