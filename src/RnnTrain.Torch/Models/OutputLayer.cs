using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>The affine map from hidden units to the logits of a vocabulary, with a matrix of its own or one that is the embedding's too.</summary>
public sealed class OutputLayer : nn.Module
{
    private readonly long features;
    private readonly bool usesOneDnn;

    [ComponentName(Name = "weight")]
    private readonly Parameter? weight; // [vocabulary, hidden]; null where tied

    [ComponentName(Name = "bias")]
    private readonly Parameter bias; // [vocabulary]

    public OutputLayer(long hidden, long vocabulary, bool isTied, ComputeEngine engine = ComputeEngine.Auto)
        : base(nameof(OutputLayer))
    {
        features = hidden;
        usesOneDnn = engine != ComputeEngine.Libtorch && OneDnn.IsAvailable;
        weight = isTied ? null : RecurrentCell.NewParameter(vocabulary, hidden);
        bias = RecurrentCell.NewParameter(vocabulary);
        RegisterComponents();
    }

    /// <param name="hidden">[rows, hidden].</param>
    /// <param name="tied">The embedding's matrix where this layer has none, [vocabulary, hidden].</param>
    /// <returns>[rows, vocabulary].</returns>
    public Tensor Forward(Tensor hidden, Tensor tied) => nn.functional.linear(hidden, weight ?? tied, bias); // [rows, hidden] → [rows, vocabulary]

    /// <summary>The loss of predicting tokens, without keeping logits. Its backward pass runs once.</summary>
    /// <param name="hidden">[rows, hidden].</param>
    /// <param name="tied">The embedding's matrix where this layer has none, [vocabulary, hidden].</param>
    /// <param name="targets">[rows] of Int64: a token, or -100 where none is to be predicted.</param>
    /// <param name="factor">What the objective, the mean loss, is multiplied by.</param>
    /// <param name="lossScale">What it is multiplied by besides, before its gradients are in a short type: a scalar of Float32; null for 1.</param>
    public TokenLoss Loss(Tensor hidden, Tensor tied, Tensor targets, double factor, Tensor? lossScale = null)
    {
        Shapes.Require(hidden, nameof(hidden), Shapes.Any, features, "rows");
        Shapes.Require(targets, nameof(targets), hidden.size(0), "rows");
        var matrix = weight ?? tied; // [vocabulary, hidden]
        var count = targets.ne(CrossEntropyProblem.Ignored).sum(); // []
        var wanted = is_grad_enabled() ? new WantedGradients(hidden.requires_grad, matrix.requires_grad, bias.requires_grad) : default;
        var found = LinearCrossEntropy.apply(
            hidden.contiguous(), matrix, bias, targets, count, new LinearCrossEntropy.Settings(factor, lossScale, usesOneDnn, wanted)); // [] three times
        return new TokenLoss(found[0], found[1], found[2], count);
    }

    public IReadOnlyList<NamedParameter> NamedParameters()
    {
        var own = new NamedParameter("bias", bias, ParameterRole.OutputBias) { FanIn = features };
        return weight is null ? [own] : [new NamedParameter("weight", weight, ParameterRole.OutputWeight), own];
    }
}
