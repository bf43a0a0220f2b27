using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Models.Outputs;

/// <summary>Options of <see cref="FullOutput"/>.</summary>
[Describe("The softmax over all tokens, which also holds where the block is absent.")]
public sealed record FullOutputOptions : OutputOptions;

/// <summary>The affine map from hidden units to the logits of a vocabulary, with a matrix of its own or one that is the embedding's too.</summary>
public sealed class FullOutput : OutputLayer
{
    private readonly OutputArguments arguments;
    private readonly bool usesOneDnn;

    [ComponentName(Name = "weight")]
    private readonly Parameter? weight; // [vocabulary, hidden]; null where tied

    [ComponentName(Name = "bias")]
    private readonly Parameter bias; // [vocabulary]

    public FullOutput(OutputArguments arguments)
        : base(nameof(FullOutput))
    {
        this.arguments = arguments;
        usesOneDnn = arguments.Engine != ComputeEngine.Libtorch && OneDnn.IsAvailable;
        weight = arguments.IsTied ? null : RecurrentCell.NewParameter(arguments.Vocabulary, arguments.Hidden);
        bias = RecurrentCell.NewParameter(arguments.Vocabulary);
        RegisterComponents();
    }

    public override long MultiplyAddsPerToken => arguments.Vocabulary * arguments.Hidden;

    public override Tensor Forward(Tensor hidden, Tensor tied) => usesOneDnn && OneDnnLinear.Serves(hidden, weight ?? tied, bias)
        ? OneDnnLinear.Of(hidden, weight ?? tied, bias) // [rows, hidden] → [rows, vocabulary]
        : nn.functional.linear(hidden, weight ?? tied, bias); // [rows, hidden] → [rows, vocabulary]

    public override TokenLoss Loss(Tensor hidden, Tensor tied, Tensor targets, double factor, Tensor? lossScale = null, double smoothing = 0)
    {
        Shapes.Require(hidden, nameof(hidden), Shapes.Any, arguments.Hidden, "rows");
        return LinearCrossEntropy.Loss(hidden, weight ?? tied, bias, targets, factor, lossScale, usesOneDnn, smoothing: smoothing);
    }

    public override IReadOnlyList<NamedParameter> NamedParameters()
    {
        var own = new NamedParameter("bias", bias, ParameterRole.OutputBias) { FanIn = arguments.Hidden };
        return weight is null ? [own] : [new NamedParameter("weight", weight, ParameterRole.OutputWeight), own];
    }
}
