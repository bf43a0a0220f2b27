using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Numerics;
using RnnTrain.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Models.Outputs;

/// <summary>Options of <see cref="SampledOutput"/>.</summary>
[Describe("Softmax over the step's own tokens and a random sample in training (Jean et al. 2015), over all tokens in evaluation; for large vocabularies. Losses of training are of the sample, and smaller.")]
public sealed record SampledOutputOptions : OutputOptions
{
    [Describe("Draws a step; frequent tokens are drawn more often, by Zipf's law, and count once.")]
    [Bounds(1)]
    public required int Samples { get; init; }

    public override string? CannotBeSmoothed => "a sampled output layer does not compute every token's probability in training; use output full, or no label smoothing";
}

/// <summary>
/// Sampled softmax: Bengio and Senécal, "Adaptive importance sampling" (2008); Jean et al., "On using very large target vocabulary" (2015),
/// whose candidates are the targets of the whole step and a sample. A token is a candidate with probability Q, and ln Q is taken from its
/// logit, so that tokens that are candidates often do not seem too likely. The draws of a step are a function of libtorch's generator,
/// which the training loop seeds by seed, epoch and step. In evaluation mode the loss is that of all tokens, and has no gradient.
/// Which tokens are candidates is found on the host, so a GPU is waited for once a step.
/// </summary>
public sealed class SampledOutput : OutputLayer
{
    private readonly OutputArguments arguments;
    private readonly SampledOutputOptions options;
    private readonly bool usesOneDnn;
    private readonly RowGradient? rows; // null where tied
    private readonly CandidateTokens candidates;

    [ComponentName(Name = "weight")]
    private readonly Parameter? weight; // [vocabulary, hidden]; null where tied

    [ComponentName(Name = "bias")]
    private readonly Parameter bias; // [vocabulary]

    public SampledOutput(SampledOutputOptions options, OutputArguments arguments)
        : base(nameof(SampledOutput))
    {
        this.arguments = arguments;
        this.options = options;
        usesOneDnn = arguments.Engine != ComputeEngine.Libtorch && OneDnn.IsAvailable;
        candidates = new CandidateTokens(checked((int)arguments.Vocabulary));
        rows = arguments.IsTied ? null : new RowGradient();
        weight = arguments.IsTied ? null : RecurrentCell.NewParameter(arguments.Vocabulary, arguments.Hidden);
        bias = RecurrentCell.NewParameter(arguments.Vocabulary);
        RegisterComponents();
    }

    /// <summary>In training, without the step's own tokens among the candidates.</summary>
    public override long MultiplyAddsPerToken => Math.Min(options.Samples, arguments.Vocabulary) * arguments.Hidden;

    public override Tensor Forward(Tensor hidden, Tensor tied) =>
        nn.functional.linear(hidden, weight ?? tied, bias); // [rows, hidden] → [rows, vocabulary]

    public override TokenLoss Loss(Tensor hidden, Tensor tied, Tensor targets, double factor, Tensor? lossScale = null, double smoothing = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(smoothing, 0);
        Shapes.Require(hidden, nameof(hidden), Shapes.Any, arguments.Hidden, "rows");
        var matrix = weight ?? tied; // [vocabulary, hidden]
        if (training) return SampledLoss(hidden, matrix, targets, factor, lossScale);
        using var frozen = no_grad();
        return LinearCrossEntropy.Loss(hidden, matrix, bias, targets, factor, lossScale, usesOneDnn);
    }

    public override IReadOnlyList<NamedParameter> NamedParameters()
    {
        var own = new NamedParameter("bias", bias, ParameterRole.OutputBias) { FanIn = arguments.Hidden };
        return weight is null ? [own] : [new NamedParameter("weight", weight, ParameterRole.OutputWeight) { Rows = rows }, own];
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) rows?.Dispose();
        base.Dispose(disposing);
    }

    private TokenLoss SampledLoss(Tensor hidden, Tensor matrix, Tensor targets, double factor, Tensor? lossScale)
    {
        var device = hidden.device;
        var tokens = targets.cpu().data<long>().ToArray();
        using var drawn = rand(1, ScalarType.Float64, CPU); // [1]
        var random = new PortableRandom(BitConverter.DoubleToUInt64Bits(drawn.item<double>()));
        var (chosen, places, logProbabilities) = candidates.Draw(tokens, options.Samples, random);
        var ids = tensor(chosen, device: device); // [candidates]
        var corrections = tensor(logProbabilities, device: device); // [candidates]
        var some = MatrixRows.Of(matrix, ids, rows); // [vocabulary, hidden] → [candidates, hidden]
        var offsets = bias.index_select(0, ids) - corrections; // [vocabulary] → [candidates]
        return LinearCrossEntropy.Loss(hidden, some, offsets, tensor(places, device: device), factor, lossScale, usesOneDnn);
    }
}
