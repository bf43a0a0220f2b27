using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Numerics;
using RnnTrain.Tasks;
using RnnTrain.Training.NonFinite;
using RnnTrain.Training.Regularizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnTrain.Training;

/// <summary>One optimizer step: forward, loss, backward, norm, clipping, update. Its tensors live and die in it, but for the carried state.</summary>
/// <param name="task">What is learned.</param>
/// <param name="parameters">What is trained.</param>
/// <param name="settings">Seed, parts of a batch, regularisers, clipping, what happens where a step is not finite.</param>
/// <param name="defers">
/// True to leave loss and norm on the device, so that nothing waits for it: clipping is computed there, and a step of which they are not
/// finite changes nothing. False to read them before the update.
/// </param>
/// <param name="stages">Who measures, or null.</param>
public sealed class TrainingStep(
    ITask task, IReadOnlyList<NamedParameter> parameters, TrainingSettings settings, bool defers, StageTimes? stages)
{
    private readonly IReadOnlyList<IWeightRegularizer> regularizers = WeightRegularizers.Of(settings, task.Model.NamedParameters());
    private readonly NonFinitePolicy nonFinite = NonFiniteTable.Create(settings.Training.OnNonFinite);
    private readonly Backpropagation backpropagation = new(task, settings.Training.Accumulate, stages);
    private readonly GradientClipping clipping = new(parameters, settings.Training.ClipNorm, settings.Training.ClipValue);
    private readonly WeightPenalty? penalty = settings.Training.Penalty is { } options ? new WeightPenalty(options, parameters) : null;
    private readonly Parameter[] inModel = [.. task.Model.parameters()];

    /// <summary>Changes weights, optimizer memory and carried state; the counters are not its own.</summary>
    /// <returns>The mean loss, and the gradient norm before and after clipping.</returns>
    /// <exception cref="TrainingDivergedException">One of them is not finite, and it was read: the weights have not changed.</exception>
    public StepNumbers Take(TrainingState state, Batch batch, double learningRate)
    {
        var progress = state.Progress;
        using var scope = NewDisposeScope();
        manual_seed(Seeds.Derive(settings.Seed, "step", progress.Epoch, progress.Step));
        foreach (var parameter in inModel) parameter.grad = null; // as zero_grad does, which walks through all modules
        foreach (var regularizer in regularizers) regularizer.Before();
        var (meanLoss, carried) = backpropagation.Run(batch, state.Carried, state.Precision.LossScale?.Value);
        foreach (var regularizer in regularizers.Reverse()) regularizer.After();
        state.Precision.CollectGradients();
        penalty?.Prepare(state.Precision.LossScale?.Value);
        var numbers = defers || state.Precision.LossScale is not null
            ? UpdateUnread(state, meanLoss, learningRate)
            : Update(state, meanLoss, learningRate);
        state.Precision.UpdateModel();
        state.Average?.Add(progress);
        stages?.Mark(Stage.Optimizer);
        if (nonFinite.Skips) carried = carried?.Map((_, state) => where(state.isfinite(), state, zeros_like(state))); // [batch, …]
        state.Carry(carried?.MoveToOuterDisposeScope());
        return numbers;
    }

    private StepNumbers Update(TrainingState state, Tensor meanLoss, double learningRate)
    {
        var loss = meanLoss.item<float>();
        var (norm, clippedNorm, scale) = clipping.Clip();
        if (!nonFinite.Skips) StepNumbers.RequireFinite(state.Progress.Step + 1, loss, norm);
        stages?.Mark(Stage.Clip);
        if (double.IsFinite(loss) && double.IsFinite(norm))
        {
            state.Optimizer.Step(learningRate, scale);
            penalty?.Shrink(learningRate);
        }

        return new StepNumbers(loss, norm, clippedNorm);
    }

    private StepNumbers UpdateUnread(TrainingState state, Tensor meanLoss, double learningRate)
    {
        using var frozen = no_grad();
        var loss = meanLoss.detach().to_type(ScalarType.Float32); // []
        var gradients = FlatGradient.Of(parameters);
        var (norm, clippedNorm, scale) = clipping.Clip(gradients, state.Precision); // [] each
        var isFinite = loss.isfinite().logical_and(norm.isfinite()); // []
        stages?.Mark(Stage.Clip);
        state.Optimizer.Step(learningRate, gradients, scale, isFinite);
        penalty?.Shrink(learningRate, isFinite);
        state.Precision.LossScale?.Update(isFinite);
        return new StepNumbers(stack([loss, norm, clippedNorm]).DetachFromDisposeScope()); // [3]
    }
}
