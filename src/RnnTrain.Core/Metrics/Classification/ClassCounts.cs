namespace RnnTrain.Metrics.Classification;

/// <summary>
/// How often each class was told, asked for, and both. Precision, recall and F1 follow as in van Rijsbergen, "Information retrieval" (1979):
/// <code>
/// P = right / told        R = right / wanted        F1 = 2 P R / (P + R) = 2 right / (told + wanted)
/// </code>
/// A quotient of 0 and 0 is 0. Macro F1 is the mean of the classes that were told or asked for; micro F1 is that of all counts added up.
/// </summary>
/// <param name="Right">Examples of the class of which it was told, [classes].</param>
/// <param name="Told">Examples of which it was told, [classes].</param>
/// <param name="Wanted">Examples of the class, [classes].</param>
public sealed record ClassCounts(IReadOnlyList<long> Right, IReadOnlyList<long> Told, IReadOnlyList<long> Wanted)
{
    /// <summary>The mean F1 of the classes that occur; 0 where there is none.</summary>
    public double MacroF1
    {
        get
        {
            double[] found = [.. Enumerable.Range(0, Right.Count).Where(label => Told[label] + Wanted[label] > 0).Select(F1)];
            return found.Length == 0 ? 0 : found.Average();
        }
    }

    /// <summary>The F1 of all classes' counts added up.</summary>
    public double MicroF1 => Quotient(2 * Right.Sum(), Told.Sum() + Wanted.Sum());

    public double Precision(int label) => Quotient(Right[label], Told[label]);

    public double Recall(int label) => Quotient(Right[label], Wanted[label]);

    public double F1(int label) => Quotient(2 * Right[label], Told[label] + Wanted[label]);

    /// <summary>A row a class: precision, recall, F1, and how many examples are of it.</summary>
    public ScoreTable Table(IReadOnlyList<string> labels) => new(
        "classes", "each class", "class", ["precision", "recall", "f1", "examples"],
        [.. labels.Select((name, label) => new ScoreRow(name, [Precision(label), Recall(label), F1(label), Wanted[label]]))]);

    private static double Quotient(long above, long below) => below == 0 ? 0 : above / (double)below;
}
