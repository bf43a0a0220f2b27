namespace RnnTrain.Metrics.Text;

/// <summary>A measure of written texts against references, from sums over segments, so that it does not depend on their order.</summary>
public interface ITextMetric
{
    /// <summary>As evaluations.csv writes it.</summary>
    string Name { get; }

    /// <summary>How it was computed, in sacreBLEU's notation where sacreBLEU has it: two values may be compared where this is the same.</summary>
    string Signature { get; }

    /// <summary>Over all segments so far; 0 where there is none.</summary>
    double Value { get; }

    /// <summary>Adds a segment.</summary>
    /// <param name="hypothesis">What was written.</param>
    /// <param name="reference">What a person wrote.</param>
    void Add(string hypothesis, string reference);
}
