using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using static TorchSharp.torch;

namespace RnnTrain.Models.Attentions;

/// <summary>Options of <see cref="LocationAttention"/>.</summary>
[Describe("Positions from the hidden units alone, whatever was read there (Luong et al. 2015).")]
public sealed record LocationAttentionOptions : AttentionOptions
{
    [Describe("Positions that it knows; what a longer source holds beyond is not looked at.")]
    [Bounds(1)]
    public int Positions { get; init; } = 100;
}

/// <summary>score(h_t, m_s) = (W h_t)_s for the first positions s, −∞ beyond: Luong et al. (2015).</summary>
public sealed class LocationAttention : Attention
{
    private readonly LinearLayer position; // W, [positions, hidden]
    private readonly long positions;

    public LocationAttention(LocationAttentionOptions options, AttentionSizes sizes)
        : base(nameof(LocationAttention))
    {
        positions = options.Positions;
        position = new LinearLayer(sizes.Hidden, positions, hasBias: false, sizes.Engine);
        RegisterComponents();
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() => position.NamedParameters("position");

    protected override Tensor Scores(Tensor queries, AttentionMemory memory)
    {
        var all = position.Forward(queries.contiguous()); // [sources, queries, hidden] → [sources, queries, positions]
        var time = memory.Values.size(1);
        if (time <= positions) return all.narrow(2, 0, time); // [sources, queries, source time]
        var beyond = full([all.size(0), all.size(1), time - positions], double.NegativeInfinity, all.dtype, all.device); // [sources, queries, beyond]
        return cat([all, beyond], 2); // [sources, queries, source time]
    }

    protected override Tensor? Keys(Tensor read, Tensor values) => null;
}
