using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>x Wᵀ + b, as nn.Linear, by the engine that may.</summary>
public sealed class LinearLayer : nn.Module
{
    private readonly bool usesOneDnn;

    [ComponentName(Name = "weight")]
    private readonly Parameter weight; // W, [outputs, inputs]

    [ComponentName(Name = "bias")]
    private readonly Parameter? bias; // b, [outputs]

    /// <param name="inputs">Features that it reads.</param>
    /// <param name="outputs">Features that it puts out.</param>
    /// <param name="hasBias">Whether b is added.</param>
    /// <param name="engine">What may multiply on the CPU.</param>
    public LinearLayer(long inputs, long outputs, bool hasBias, ComputeEngine engine)
        : base(nameof(LinearLayer))
    {
        usesOneDnn = engine != ComputeEngine.Libtorch;
        weight = RecurrentCell.NewParameter(outputs, inputs);
        bias = hasBias ? RecurrentCell.NewParameter(outputs) : null;
        RegisterComponents();
    }

    /// <param name="x">[…, inputs].</param>
    /// <returns>[…, outputs].</returns>
    public Tensor Forward(Tensor x) => usesOneDnn && OneDnnLinear.Serves(x, weight, bias)
        ? OneDnnLinear.Of(x, weight, bias) // […, outputs]
        : nn.functional.linear(x, weight, bias); // […, outputs]

    /// <summary>`name.weight` and, where there is one, `name.bias`.</summary>
    public IReadOnlyList<NamedParameter> NamedParameters(string name)
    {
        var inputs = weight.size(1);
        var matrix = new NamedParameter($"{name}.weight", weight, ParameterRole.InputWeight) { FanIn = inputs };
        return bias is null ? [matrix] : [matrix, new($"{name}.bias", bias, ParameterRole.InputBias) { FanIn = inputs }];
    }
}
