using System.Globalization;

namespace RnnTrain.Reports;

/// <summary>One axis of a chart: from a range of numbers to a range of places, with round numbers marked.</summary>
public sealed class ChartAxis
{
    private const int MostTicks = 10;

    private readonly AxisScale scale;
    private readonly (double Least, double Most) range;
    private readonly double start;
    private readonly double end;
    private readonly double from;
    private readonly double to;

    /// <param name="values">What is to have a place on it; what <see cref="Holds"/> denies is left out.</param>
    /// <param name="scale">How numbers become places.</param>
    /// <param name="start">The place of the smallest number, in pixels.</param>
    /// <param name="end">The place of the largest number, in pixels.</param>
    /// <param name="range">Numbers beyond it have no place; null for none.</param>
    public ChartAxis(IEnumerable<double> values, AxisScale scale, double start, double end, (double Least, double Most)? range = null)
    {
        this.scale = scale;
        this.range = range ?? (double.NegativeInfinity, double.PositiveInfinity);
        this.start = start;
        this.end = end;
        double[] held = [.. values.Where(Holds).Select(Scaled)];
        (from, to) = held.Length == 0 ? (0, 1) : Widened(held.Min(), held.Max());
        Step = StepFor(to - from);
        from = Math.Floor(from / Step + Slack) * Step;
        to = Math.Ceiling(to / Step - Slack) * Step;
    }

    /// <summary>From one mark to the next: a number, or of a logarithmic axis the exponent of 10.</summary>
    private double Step { get; }

    /// <summary>Rounding must not add a mark beyond the last.</summary>
    private static double Slack => 1e-9;

    /// <summary>True where a number has a place on this axis.</summary>
    public bool Holds(double value) =>
        double.IsFinite(value) && value >= range.Least && value <= range.Most && (scale == AxisScale.Linear || value > 0);

    /// <summary>The place of a number that <see cref="Holds"/> allows, in pixels.</summary>
    public double Place(double value) => start + ((Scaled(value) - from) / (to - from) * (end - start));

    /// <summary>Round numbers within the axis, from the smallest to the largest, with their places.</summary>
    public IReadOnlyList<(double Place, string Label)> Ticks()
    {
        var count = (int)Math.Round((to - from) / Step);
        return
        [
            .. Enumerable.Range(0, count + 1)
                .Select(i => from + (i * Step))
                .Select(at => (start + ((at - from) / (to - from) * (end - start)), Label(at))),
        ];
    }

    private string Label(double at)
    {
        var number = scale == AxisScale.Logarithmic ? Math.Pow(10, Math.Round(at)) : Math.Round(at / Step) * Step;
        if (scale == AxisScale.Logarithmic && Math.Abs(at) > 3) return string.Create(CultureInfo.InvariantCulture, $"1e{Math.Round(at)}");
        return number.ToString("G6", CultureInfo.InvariantCulture);
    }

    private double Scaled(double value) => scale == AxisScale.Logarithmic ? Math.Log10(value) : value;

    /// <summary>A range of no width has no places: a single number gets some room on both sides.</summary>
    private (double From, double To) Widened(double low, double high)
    {
        if (high > low) return (low, high);
        var room = scale == AxisScale.Logarithmic || low == 0 ? 1 : Math.Abs(low) * 0.1;
        return (low - room, high + room);
    }

    /// <summary>1, 2 or 5 times a power of 10, so that there are few marks; whole exponents on a logarithmic axis.</summary>
    private double StepFor(double width)
    {
        var raw = width / MostTicks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = new[] { 1, 2, 5, 10 }.Select(factor => factor * power).First(candidate => candidate >= raw * (1 - Slack));
        return scale == AxisScale.Logarithmic ? Math.Max(1, Math.Ceiling(step)) : step;
    }
}
