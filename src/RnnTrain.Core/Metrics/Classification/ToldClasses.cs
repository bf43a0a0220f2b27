namespace RnnTrain.Metrics.Classification;

/// <summary>
/// The classes of a split's examples with the probabilities that a model gave them: what metrics need that see all examples. A row is the
/// class, then the probability of each class.
/// </summary>
public sealed class ToldClasses(ScoredRows rows)
{
    private readonly int classes = rows.Columns - 1;

    /// <summary>The area under the ROC curve: of two classes that of the second, of more the mean of each against all others; null where the examples are all of one class.</summary>
    public double? RocAuc => classes == 2
        ? Classification.RocAuc.Macro(1, rows.Count, (example, _) => rows[example][2], (example, _) => Class(example) == 1)
        : Classification.RocAuc.Macro(classes, rows.Count, (example, label) => rows[example][label + 1], (example, label) => Class(example) == label);

    /// <summary>
    /// Brier, "Verification of forecasts expressed in terms of probability" (1950): the mean over examples of Σ_k (p_k − y_k)², y_k being 1 for
    /// the example's class, else 0. Of two classes half of that, (p − y)², as is usual.
    /// </summary>
    public double Brier
    {
        get
        {
            double sum = 0;
            for (var example = 0; example < rows.Count; example++)
            {
                for (var label = 0; label < classes; label++) sum += Math.Pow(rows[example][label + 1] - (Class(example) == label ? 1 : 0), 2);
            }

            return sum / rows.Count / (classes == 2 ? 2 : 1);
        }
    }

    /// <summary>Of the class with the highest probability.</summary>
    public Calibration Calibration()
    {
        var calibration = new Calibration();
        for (var example = 0; example < rows.Count; example++)
        {
            var told = Told(example);
            calibration.Add(rows[example][told + 1], told == Class(example));
        }

        return calibration;
    }

    private int Class(int example) => (int)rows[example][0];

    private int Told(int example)
    {
        var probabilities = rows[example][1..];
        var best = 0;
        for (var label = 1; label < probabilities.Length; label++)
        {
            if (probabilities[label] > probabilities[best]) best = label;
        }

        return best;
    }
}
