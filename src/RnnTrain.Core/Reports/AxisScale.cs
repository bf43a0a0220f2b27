namespace RnnTrain.Reports;

/// <summary>How numbers become places on an axis.</summary>
public enum AxisScale
{
    /// <summary>Equal differences are equally far apart.</summary>
    Linear,

    /// <summary>Equal ratios are equally far apart; only positive numbers have a place.</summary>
    Logarithmic,
}
