namespace RnnTrain.Metrics.Classification;

/// <summary>
/// The same where an example has any number of classes. A row is 1 or 0 for each class, whether the example is of it, then the probability
/// of each class.
/// </summary>
public sealed class ToldClassSets(ScoredRows rows)
{
    private readonly int classes = rows.Columns / 2;

    /// <summary>The mean over classes of the area under each one's ROC curve; null where no class tells examples apart.</summary>
    public double? RocAuc => Classification.RocAuc.Macro(
        classes, rows.Count, (example, label) => rows[example][classes + label], (example, label) => rows[example][label] > 0);

    /// <summary>The mean of (p − y)² over all examples and classes (Brier 1950).</summary>
    public double Brier
    {
        get
        {
            double sum = 0;
            for (var example = 0; example < rows.Count; example++)
            {
                for (var label = 0; label < classes; label++) sum += Math.Pow(rows[example][classes + label] - rows[example][label], 2);
            }

            return sum / rows.Count / classes;
        }
    }

    /// <summary>Of the probabilities of all examples and classes.</summary>
    public Calibration Calibration()
    {
        var calibration = new Calibration();
        for (var example = 0; example < rows.Count; example++)
        {
            for (var label = 0; label < classes; label++) calibration.Add(rows[example][classes + label], rows[example][label] > 0);
        }

        return calibration;
    }
}
