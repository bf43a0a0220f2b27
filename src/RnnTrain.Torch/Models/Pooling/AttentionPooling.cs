using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Models.Pooling;

/// <summary>Options of <see cref="AttentionPooling"/>.</summary>
[Describe("A mean of the outputs of all steps, weighted by a small network that looks at each (Yang et al. 2016).")]
public sealed record AttentionPoolingOptions : PoolingOptions
{
    [Describe("Hidden units of the network that gives the weights; as many as the encoder's output has features if absent.")]
    [Bounds(1)]
    public int? Size { get; init; }
}

/// <summary>
/// Attention over the steps: Yang et al., "Hierarchical attention networks for document classification" (2016), equations 5 to 7.
/// <code>
/// u_t = tanh(W h_t + b)        α_t = exp(u_tᵀ u) / Σ_s exp(u_sᵀ u)        v = Σ_t α_t h_t
/// </code>
/// </summary>
public sealed class AttentionPooling : SequencePooling
{
    private readonly long features;
    private readonly long size;

    [ComponentName(Name = "weight")]
    private readonly Parameter weight; // W, [size, features]

    [ComponentName(Name = "bias")]
    private readonly Parameter bias; // b, [size]

    [ComponentName(Name = "context")]
    private readonly Parameter context; // u, [1, size]

    public AttentionPooling(AttentionPoolingOptions options, PoolingArguments arguments)
        : base(nameof(AttentionPooling))
    {
        features = arguments.Features;
        size = options.Size ?? features;
        weight = RecurrentCell.NewParameter(size, features);
        bias = RecurrentCell.NewParameter(size);
        context = RecurrentCell.NewParameter(1, size);
        RegisterComponents();
    }

    public override long MultiplyAddsPerToken => (size * features) + size;

    public override Tensor Forward(Tensor output, Lengths lengths) =>
        (output * Weights(output, lengths)).sum(0L); // [time, batch, features] → [batch, features], = v

    /// <summary>α, how much each step counts: [time, batch, 1]; 0 beyond an example's length, with sum 1 over its steps.</summary>
    public Tensor Weights(Tensor output, Lengths lengths)
    {
        var u = nn.functional.linear(output, weight, bias).tanh(); // [time, batch, features] → [time, batch, size]
        var scores = nn.functional.linear(u, context); // [time, batch, 1]
        if (!lengths.AllFull) scores = scores.masked_fill(lengths.Mask.logical_not(), double.NegativeInfinity); // [time, batch, 1]
        return scores.softmax(0, output.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32).to(output.dtype); // [time, batch, 1]
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("weight", weight, ParameterRole.InputWeight) { FanIn = features },
        new("bias", bias, ParameterRole.InputBias) { FanIn = features },
        new("context", context, ParameterRole.InputWeight) { FanIn = size },
    ];
}
