using System.Globalization;
using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Layers;

/// <summary>Stacks with the weights of the formula, and states that are not zero.</summary>
internal static class Stacks
{
    /// <summary>Of type Float64; the i-th parameter has phase i + 1.</summary>
    public static RecurrentStack Double(StackOptions options)
    {
        var stack = new RecurrentStack(options).to(float64);
        Fill(stack.NamedParameters(), Formula.Double);
        return stack;
    }

    /// <summary>Of type Float32.</summary>
    public static RecurrentStack Single(StackOptions options)
    {
        var stack = new RecurrentStack(options);
        Fill(stack.NamedParameters(), Formula.Single);
        return stack;
    }

    /// <summary>Every value from the formula, for as many examples, in the form of <paramref name="like"/>.</summary>
    public static RecurrentState State(RecurrentState like, bool requiresGrad = false)
    {
        var rows = Enumerable.Range(0, like.Layers).Sum(layer => like[layer].Length);
        return like.Map((name, tensor) =>
        {
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            var row = int.Parse(name[(dot + 1)..], CultureInfo.InvariantCulture);
            var phase = name[..dot] switch { "c" => 0.4, "n" => 0.5, "m" => 0.6, _ => 0.3 };
            var values = Formula.Double(phase, [rows, .. tensor.shape]).select(0, row); // [batch, …]
            if (name[..dot] == "n") values = values + 1; // an xLSTM's sum of gates, which are positive
            return values.to(tensor.dtype).clone().requires_grad_(requiresGrad); // [batch, …]
        });
    }

    public static void Fill(IReadOnlyList<NamedParameter> parameters, Func<double, long[], Tensor> formula)
    {
        using var frozen = no_grad();
        for (var i = 0; i < parameters.Count; i++) parameters[i].Parameter.copy_(formula(i + 1, parameters[i].Parameter.shape));
    }

    public static StackOptions Options(CellOptions cell, LayerPath path = LayerPath.Auto) =>
        new() { Cell = cell, InputSize = 2, HiddenSize = 3, Path = path };
}
