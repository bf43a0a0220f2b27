namespace RnnTrain.Reports;

/// <summary>Adds up norms over examples and batches, by how many steps before the loss they were measured.</summary>
internal sealed class NormsBySteps(int parts)
{
    private readonly List<double>[] sums = [.. Enumerable.Range(0, parts + 1).Select(_ => new List<double>())]; // the last is that of all parts together
    private readonly List<int> counts = [];

    /// <summary>Examples that had a loss.</summary>
    public int Examples => counts.Count == 0 ? 0 : counts[0];

    public void Add(LastLoss.Arrival arrival)
    {
        for (var example = 0; example < arrival.LastSteps.Length; example++)
        {
            if (arrival.LastSteps[example] is not { } last) continue;
            for (var back = 0; back <= last; back++)
            {
                if (counts.Count == back)
                {
                    counts.Add(0);
                    foreach (var sum in sums) sum.Add(0);
                }
                counts[back]++;
                var squares = 0.0;
                for (var part = 0; part < parts; part++)
                {
                    var norm = arrival.Norms[part][last - back][example];
                    sums[part][back] += norm;
                    squares += norm * norm;
                }
                sums[parts][back] += Math.Sqrt(squares);
            }
        }
    }

    /// <summary>The means of one part, as far back as at least half of the examples reach.</summary>
    public double[] Means(int part) => [.. sums[part].Select((sum, back) => sum / counts[back]).Where((_, back) => counts[back] * 2 >= counts[0])];

    /// <summary>The means of the whole state.</summary>
    public double[] Means() => Means(parts);
}
