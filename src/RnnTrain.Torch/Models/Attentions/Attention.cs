using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Models.Attentions;

/// <summary>What a kind of attention is made from besides its options.</summary>
/// <param name="Hidden">Hidden units of the decoder, which ask.</param>
/// <param name="Features">Features that the encoder puts out, which are asked about.</param>
/// <param name="Engine">What may multiply its matrices on the CPU.</param>
public readonly record struct AttentionSizes(long Hidden, long Features, ComputeEngine Engine = ComputeEngine.Auto);

/// <summary>
/// How a decoder looks at what was read: Bahdanau, Cho and Bengio, "Neural machine translation by jointly learning to align and translate" (2015); Luong,
/// Pham and Manning, "Effective approaches to attention-based neural machine translation" (2015).
/// <code>
/// a_t(s) = exp(score(h_t, m_s)) / Σ_s′ exp(score(h_t, m_s′))        over the steps s of the source, none of the padding
/// c_t    = Σ_s a_t(s) m_s
/// </code>
/// </summary>
public abstract class Attention(string name) : nn.Module(name)
{
    /// <summary>What can be looked at of a padded batch of sources.</summary>
    /// <param name="read">m, zero in the padding: [source time, sources, features].</param>
    /// <param name="lengths">Where each source ends.</param>
    public AttentionMemory Remember(Tensor read, Lengths lengths)
    {
        var values = read.transpose(0, 1); // [source time, sources, features] → [sources, source time, features]
        return new AttentionMemory(values, Keys(read, values), BiasOf(lengths, read.dtype));
    }

    /// <summary>The contexts of some queries.</summary>
    /// <param name="queries">h, [sources, queries, hidden].</param>
    /// <param name="memory">From <see cref="Remember"/>.</param>
    /// <returns>c, [sources, queries, features]; and a, [sources, queries, source time].</returns>
    public (Tensor Context, Tensor Weights) Look(Tensor queries, AttentionMemory memory)
    {
        var scores = Scores(queries, memory); // [sources, queries, source time]
        if (memory.Bias is { } bias) scores = scores + bias; // [sources, queries, source time]
        var weights = scores.dtype is ScalarType.Float32 or ScalarType.Float64
            ? scores.softmax(-1) // [sources, queries, source time]
            : scores.softmax(-1, ScalarType.Float32).to(scores.dtype); // [sources, queries, source time]
        return (weights.bmm(memory.Values), weights); // [sources, queries, features]
    }

    /// <summary>Its parameters.</summary>
    public abstract IReadOnlyList<NamedParameter> NamedParameters();

    /// <summary>score(h_t, m_s) of each query and step: [sources, queries, hidden] → [sources, queries, source time].</summary>
    protected abstract Tensor Scores(Tensor queries, AttentionMemory memory);

    /// <summary>What queries are compared with; null where positions alone count.</summary>
    /// <param name="read">[source time, sources, features].</param>
    /// <param name="values">The same, [sources, source time, features].</param>
    /// <returns>[sources, source time, size].</returns>
    protected abstract Tensor? Keys(Tensor read, Tensor values);

    private static Tensor? BiasOf(Lengths lengths, ScalarType type)
    {
        if (lengths.AllFull) return null;
        var isPadding = lengths.Mask.squeeze(2).t().logical_not().unsqueeze(1); // [source time, sources, 1] → [sources, 1, source time]
        return zeros(isPadding.shape, type, isPadding.device).masked_fill_(isPadding, double.NegativeInfinity); // [sources, 1, source time]
    }
}
