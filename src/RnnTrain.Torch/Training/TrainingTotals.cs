using RnnTrain.Metrics;
using RnnTrain.Tasks;

namespace RnnTrain.Training;

/// <summary>Sums over the training steps since metrics were last written; part of a checkpoint, so that a resumed run writes the same rows.</summary>
public sealed record TrainingTotals
{
    /// <summary>Optimizer steps.</summary>
    public int Steps { get; set; }

    /// <summary>The sum of the losses of all targets.</summary>
    public double LossSum { get; set; }

    /// <summary>Targets that were scored.</summary>
    public long Tokens { get; set; }

    /// <summary>Of these targets, those of steps whose loss is not finite.</summary>
    public long LostTokens { get; set; }

    /// <summary>Of the steps, those that were skipped, having no gradient norm.</summary>
    public int SkippedSteps { get; set; }

    /// <summary>The sum of the gradient norms before clipping.</summary>
    public double GradientNormSum { get; set; }

    /// <summary>The largest of those norms.</summary>
    public double GradientNormMaximum { get; set; }

    /// <summary>The sum of the gradient norms after clipping.</summary>
    public double ClippedNormSum { get; set; }

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; set; }

    /// <summary>Time spent in the steps.</summary>
    public double Seconds { get; set; }

    /// <summary>Of these, time spent waiting for batches.</summary>
    public double DataWaitSeconds { get; set; }

    public void Add(StepDone step)
    {
        Steps++;
        if (double.IsFinite(step.MeanLoss)) LossSum += step.MeanLoss * step.Tokens;
        else LostTokens += step.Tokens;
        Tokens += step.Tokens;
        if (double.IsFinite(step.GradientNorm))
        {
            GradientNormSum += step.GradientNorm;
            GradientNormMaximum = Math.Max(GradientNormMaximum, step.GradientNorm);
            ClippedNormSum += step.ClippedNorm;
        }
        else SkippedSteps++;
        LearningRate = step.LearningRate;
        Seconds += step.Seconds;
        DataWaitSeconds += step.DataWaitSeconds;
    }

    /// <summary>The rows of metrics.csv.</summary>
    /// <param name="task">Knows what follows from the mean loss.</param>
    public IReadOnlyList<MetricValue> Values(ITask task)
    {
        return
        [
            .. task.LossMetrics(LossSum / (Tokens - LostTokens)),
            new MetricValue("gradient_norm", GradientNormSum / Math.Max(1, Steps - SkippedSteps)),
            new MetricValue("gradient_norm_maximum", GradientNormMaximum),
            new MetricValue("gradient_norm_clipped", ClippedNormSum / Math.Max(1, Steps - SkippedSteps)),
            new MetricValue("learning_rate", LearningRate),
            new MetricValue($"{task.Unit}s_per_second", Tokens / Seconds),
            new MetricValue("data_wait", DataWaitSeconds / Seconds),
        ];
    }
}
