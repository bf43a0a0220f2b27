using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Models.Attentions;

/// <summary>Options of <see cref="AdditiveAttention"/>.</summary>
[Describe("A small network on the decoder's last state and what was read (Bahdanau et al. 2015). What it finds is read by the decoder's layers.")]
public sealed record AdditiveAttentionOptions : AttentionOptions
{
    [Describe("Hidden units of that network; as many as the decoder's if absent.")]
    [Bounds(1)]
    public int? Size { get; init; }

    /// <inheritdoc/>
    public override bool ComesBeforeTheStep => true;
}

/// <summary>score(h_(t−1), m_s) = v · tanh(W h_(t−1) + U m_s): Bahdanau et al. (2015). U m is computed once a source.</summary>
public sealed class AdditiveAttention : Attention
{
    private readonly LinearLayer query; // W, [size, hidden]
    private readonly LinearLayer key; // U, [size, features]

    [ComponentName(Name = "score")]
    private readonly Parameter score; // v, [1, size]

    public AdditiveAttention(AdditiveAttentionOptions options, AttentionSizes sizes)
        : base(nameof(AdditiveAttention))
    {
        var size = options.Size ?? sizes.Hidden;
        query = new LinearLayer(sizes.Hidden, size, hasBias: false, sizes.Engine);
        key = new LinearLayer(sizes.Features, size, hasBias: true, sizes.Engine);
        score = RecurrentCell.NewParameter(1, size);
        RegisterComponents();
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        .. query.NamedParameters("query"),
        .. key.NamedParameters("key"),
        new("score.weight", score, ParameterRole.InputWeight) { FanIn = score.size(1) },
    ];

    protected override Tensor Scores(Tensor queries, AttentionMemory memory)
    {
        var asked = query.Forward(queries.contiguous()).unsqueeze(2); // [sources, queries, hidden] → [sources, queries, 1, size]
        var known = memory.Keys!.unsqueeze(1); // [sources, source time, size] → [sources, 1, source time, size]
        return (asked + known).tanh().matmul(score.t()).squeeze(3); // [sources, queries, source time, size] → [sources, queries, source time]
    }

    protected override Tensor Keys(Tensor read, Tensor values) => key.Forward(read).transpose(0, 1).contiguous(); // [source time, sources, features] → [sources, source time, size]
}
