using RnnTrain.Cells;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Models.Outputs;

/// <summary>A cluster of rare tokens of an <see cref="AdaptiveOutput"/>: hidden units to few features, and these to the cluster's logits.</summary>
internal sealed class AdaptiveTail : nn.Module
{
    [ComponentName(Name = "projection")]
    private readonly Parameter projection; // [features, hidden]

    [ComponentName(Name = "cluster")]
    private readonly Parameter weight; // [tokens, features]

    public AdaptiveTail(long hidden, long features, long tokens)
        : base(nameof(AdaptiveTail))
    {
        projection = RecurrentCell.NewParameter(features, hidden);
        weight = RecurrentCell.NewParameter(tokens, features);
        RegisterComponents();
    }

    /// <summary>[tokens, features].</summary>
    public Parameter Weight => weight;

    /// <summary>Weights in both matrices.</summary>
    public long Numbers => projection.numel() + weight.numel();

    public Tensor Project(Tensor hidden) => nn.functional.linear(hidden, projection); // [rows, hidden] → [rows, features]

    /// <param name="index">Which cluster it is, from 0.</param>
    public IEnumerable<NamedParameter> NamedParameters(int index) =>
    [
        new($"tail.{index}.0.weight", projection, ParameterRole.OutputWeight),
        new($"tail.{index}.1.weight", weight, ParameterRole.OutputWeight),
    ];
}
