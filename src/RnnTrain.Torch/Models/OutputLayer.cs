using RnnTrain.Cells;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>The affine map from hidden units to the logits of a vocabulary, with a matrix of its own or one that is the embedding's too.</summary>
public sealed class OutputLayer : nn.Module
{
    private readonly long features;

    [ComponentName(Name = "weight")]
    private readonly Parameter? weight; // [vocabulary, hidden]; null where tied

    [ComponentName(Name = "bias")]
    private readonly Parameter bias; // [vocabulary]

    public OutputLayer(long hidden, long vocabulary, bool isTied)
        : base(nameof(OutputLayer))
    {
        features = hidden;
        weight = isTied ? null : RecurrentCell.NewParameter(vocabulary, hidden);
        bias = RecurrentCell.NewParameter(vocabulary);
        RegisterComponents();
    }

    /// <param name="hidden">[rows, hidden].</param>
    /// <param name="tied">The embedding's matrix where this layer has none, [vocabulary, hidden].</param>
    /// <returns>[rows, vocabulary].</returns>
    public Tensor Forward(Tensor hidden, Tensor tied) => nn.functional.linear(hidden, weight ?? tied, bias); // [rows, hidden] → [rows, vocabulary]

    public IReadOnlyList<NamedParameter> NamedParameters()
    {
        var own = new NamedParameter("bias", bias, ParameterRole.OutputBias) { FanIn = features };
        return weight is null ? [own] : [new NamedParameter("weight", weight, ParameterRole.OutputWeight), own];
    }
}
