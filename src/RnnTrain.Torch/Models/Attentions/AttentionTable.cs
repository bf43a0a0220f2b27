using RnnTrain.Configuration;

namespace RnnTrain.Models.Attentions;

/// <summary>Every kind of attention.</summary>
public static class AttentionTable
{
    public static Registry<AttentionOptions, AttentionSizes, Attention> Attentions { get; } = new("attentions")
    {
        { "additive", (AdditiveAttentionOptions o, AttentionSizes sizes) => new AdditiveAttention(o, sizes) },
        { "dot", (DotAttentionOptions _, AttentionSizes _) => new DotAttention() },
        { "general", (GeneralAttentionOptions _, AttentionSizes sizes) => new GeneralAttention(sizes) },
        { "location", (LocationAttentionOptions o, AttentionSizes sizes) => new LocationAttention(o, sizes) },
    };
}
