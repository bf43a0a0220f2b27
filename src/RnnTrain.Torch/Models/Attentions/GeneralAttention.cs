using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using static TorchSharp.torch;

namespace RnnTrain.Models.Attentions;

/// <summary>Options of <see cref="GeneralAttention"/>.</summary>
[Describe("The product of hidden units and what was read, with a trained matrix between (Luong et al. 2015).")]
public sealed record GeneralAttentionOptions : AttentionOptions;

/// <summary>score(h_t, m_s) = h_t · W m_s: Luong et al. (2015). W m is computed once a source.</summary>
public sealed class GeneralAttention : Attention
{
    private readonly LinearLayer key; // W, [hidden, features]

    public GeneralAttention(AttentionSizes sizes)
        : base(nameof(GeneralAttention))
    {
        key = new LinearLayer(sizes.Features, sizes.Hidden, hasBias: false, sizes.Engine);
        RegisterComponents();
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() => key.NamedParameters("key");

    protected override Tensor Scores(Tensor queries, AttentionMemory memory) =>
        queries.bmm(memory.Keys!.transpose(1, 2)); // [sources, queries, hidden] → [sources, queries, source time]

    protected override Tensor Keys(Tensor read, Tensor values) => key.Forward(read).transpose(0, 1); // [source time, sources, features] → [sources, source time, hidden]
}
