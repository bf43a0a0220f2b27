namespace RnnTrain.Configuration;

/// <summary>The numbers a configuration key accepts; checked by the binder for numbers, and for each number of a list.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BoundsAttribute(double minimum, double maximum = double.PositiveInfinity) : Attribute
{
    public double Minimum { get; } = minimum;

    public double Maximum { get; } = maximum;

    /// <summary>True where <see cref="Minimum"/> itself is refused.</summary>
    public bool MinimumExcluded { get; init; }

    /// <summary>True where <see cref="Maximum"/> itself is refused.</summary>
    public bool MaximumExcluded { get; init; }
}
