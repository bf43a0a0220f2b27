namespace RnnTrain.Reports;

/// <summary>What several runs of one experiment, each of another seed, gave of one number.</summary>
/// <param name="Count">Runs.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation (n − 1 in the denominator); NaN of a single run.</param>
public readonly record struct SeedSpread(int Count, double Mean, double Deviation)
{
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static SeedSpread Of(IReadOnlyList<double> values)
    {
        if (values.Count == 0) throw new ArgumentException("there is no value");
        var mean = values.Average();
        var deviation = values.Count == 1 ? double.NaN : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        return new SeedSpread(values.Count, mean, deviation);
    }
}
