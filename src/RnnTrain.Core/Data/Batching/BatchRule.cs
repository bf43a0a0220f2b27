namespace RnnTrain.Data.Batching;

/// <summary>How examples are put in batches: how many of them, which stand together, and in which order.</summary>
public sealed record BatchRule
{
    /// <summary>The most examples a batch; no limit if null.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The most tokens a batch, padding included, unless one example alone has more; no limit if null.</summary>
    public int? BatchTokens { get; init; }

    /// <summary>How many batches' worth of examples are sorted by length together; 0 where lengths stay mixed.</summary>
    public int Bucketing { get; init; }

    /// <summary>The seed of the order, which is another one each epoch; null to read examples as they come.</summary>
    public long? ShuffleSeed { get; init; }

    /// <summary>True where a batch depends on how long examples are.</summary>
    public bool NeedsLengths => BatchTokens is not null || Bucketing > 0;
}
