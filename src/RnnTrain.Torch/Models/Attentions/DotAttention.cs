using RnnTrain.Cells;
using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Models.Attentions;

/// <summary>Options of <see cref="DotAttention"/>.</summary>
[Describe("The product of hidden units and what was read (Luong et al. 2015). Needs as many of one as of the other.")]
public sealed record DotAttentionOptions : AttentionOptions
{
    /// <inheritdoc/>
    public override ConfigMistake? Mistake(long hidden, long features) => hidden == features ? null : new ConfigMistake(
        "model.decoder.attention", $"dot compares {hidden} hidden units of the decoder with {features} features of the encoder; make them equal, or use general");
}

/// <summary>score(h_t, m_s) = h_t · m_s: Luong et al. (2015).</summary>
public sealed class DotAttention() : Attention(nameof(DotAttention))
{
    public override IReadOnlyList<NamedParameter> NamedParameters() => [];

    protected override Tensor Scores(Tensor queries, AttentionMemory memory) =>
        queries.bmm(memory.Keys!.transpose(1, 2)); // [sources, queries, hidden] → [sources, queries, source time]

    protected override Tensor Keys(Tensor read, Tensor values) => values; // [sources, source time, features]
}
