namespace RnnTrain.Reports;

/// <summary>What becomes of a gradient on its way back through time.</summary>
public enum MemoryVerdict
{
    /// <summary>Within the steps looked at it falls to 1 % of its largest norm and stays below; or would within 20, where fewer were looked at.</summary>
    Vanishing,

    /// <summary>Neither of the others.</summary>
    Holding,

    /// <summary>Within the steps looked at it grows a hundredfold, or beyond all numbers.</summary>
    Exploding,
}
