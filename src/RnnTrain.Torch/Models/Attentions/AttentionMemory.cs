using static TorchSharp.torch;

namespace RnnTrain.Models.Attentions;

/// <summary>What attention can look at: the encoder's outputs, an entry a source.</summary>
/// <param name="Values">What contexts are made of, zero in the padding: [sources, source time, features].</param>
/// <param name="Keys">What queries are compared with: [sources, source time, size]; null where positions alone count.</param>
/// <param name="Bias">Added to scores: 0 where there is a token, −∞ in the padding: [sources, 1, source time]; null where nothing is padded.</param>
public sealed record AttentionMemory(Tensor Values, Tensor? Keys, Tensor? Bias) : IDisposable
{
    /// <summary>Some of the sources.</summary>
    /// <param name="chosen">Of Int64: [chosen].</param>
    public AttentionMemory Select(Tensor chosen)
    {
        var values = Values.index_select(0, chosen); // [chosen, source time, features]
        var keys = ReferenceEquals(Keys, Values) ? values : Keys?.index_select(0, chosen); // [chosen, source time, size]
        return new AttentionMemory(values, keys, Bias?.index_select(0, chosen)); // [chosen, 1, source time]
    }

    /// <summary>The same without gaps in memory, for one that is looked at step after step.</summary>
    public AttentionMemory Contiguous()
    {
        var values = Values.contiguous(); // [sources, source time, features]
        return this with { Values = values, Keys = ReferenceEquals(Keys, Values) ? values : Keys?.contiguous() }; // [sources, source time, size]
    }

    public void MoveToOuterDisposeScope()
    {
        Values.MoveToOuterDisposeScope();
        if (!ReferenceEquals(Keys, Values)) Keys?.MoveToOuterDisposeScope();
        Bias?.MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        if (!ReferenceEquals(Keys, Values)) Keys?.Dispose();
        Values.Dispose();
        Bias?.Dispose();
    }
}
