namespace RnnTrain.Metrics.Classification;

/// <summary>How many examples of each class were told to be of which class.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[] counts; // [true class, told class]

    /// <param name="classes">Different classes.</param>
    /// <param name="counts">Examples of the class of the row that were told to be of the class of the column, [classes · classes].</param>
    public ConfusionMatrix(int classes, IReadOnlyList<long> counts)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(counts.Count, classes * classes);
        Classes = classes;
        this.counts = [.. counts];
    }

    /// <summary>Different classes.</summary>
    public int Classes { get; }

    /// <summary>Examples.</summary>
    public long Total => counts.Sum();

    /// <summary>Examples of which the right class was told.</summary>
    public long Correct => Enumerable.Range(0, Classes).Sum(label => this[label, label]);

    /// <summary>Examples of one class that were told to be of another, or of the same.</summary>
    public long this[int wanted, int told] => counts[(wanted * Classes) + told];

    public ClassCounts Counts()
    {
        var labels = Enumerable.Range(0, Classes).ToArray();
        return new ClassCounts(
            [.. labels.Select(label => this[label, label])],
            [.. labels.Select(told => labels.Sum(wanted => this[wanted, told]))],
            [.. labels.Select(wanted => labels.Sum(told => this[wanted, told]))]);
    }

    /// <summary>A row a true class, a column a told one.</summary>
    public ScoreTable Table(IReadOnlyList<string> labels) => new(
        "confusion", "examples by their class (rows) and the class that was told (columns)", "class", labels,
        [.. labels.Select((name, wanted) => new ScoreRow(name, [.. Enumerable.Range(0, Classes).Select(told => (double)this[wanted, told])]))]);
}
