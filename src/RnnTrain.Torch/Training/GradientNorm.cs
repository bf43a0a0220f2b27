using RnnTrain.Cells;
using static TorchSharp.torch;

namespace RnnTrain.Training;

/// <summary>The length of the gradient over all parameters, and what clipping by norm makes of it (Pascanu et al. 2013).</summary>
public static class GradientNorm
{
    /// <summary>The Euclidean norm of all gradients taken as one vector; the one place where a step waits for the device.</summary>
    public static double Of(IReadOnlyList<NamedParameter> parameters)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var norms = parameters
            .Select(named => named.Parameter.grad)
            .Where(gradient => gradient is not null)
            .Select(gradient => gradient!.norm()) // []
            .ToList();
        return norms.Count == 0 ? 0 : stack(norms).norm().item<float>(); // [parameters] → []
    }

    /// <summary>What gradients of this norm are multiplied by so that the norm does not pass the limit; 1 where it does not anyway.</summary>
    public static double ScaleToClip(double norm, double? limit) => limit is { } most && norm > most ? most / norm : 1;
}
