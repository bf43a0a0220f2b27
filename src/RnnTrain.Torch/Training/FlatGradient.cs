using RnnTrain.Cells;
using static TorchSharp.torch;

namespace RnnTrain.Training;

/// <summary>
/// The gradients of parameters that stand one after the other, copied into one vector, so that a GPU works through all of them in one
/// kernel rather than in one a parameter.
/// </summary>
/// <param name="First">The index of the first parameter.</param>
/// <param name="Parameters">The parameters, all with a gradient, of one type, on one device.</param>
/// <param name="Values">Their gradients, [numbers].</param>
public sealed record FlatGradient(int First, IReadOnlyList<NamedParameter> Parameters, Tensor Values)
{
    /// <summary>The gradients of all parameters that have one, in as few vectors as their types and devices allow.</summary>
    /// <param name="parameters">All parameters.</param>
    /// <param name="chosen">Indices of those that matter, rising; null for all.</param>
    public static IReadOnlyList<FlatGradient> Of(IReadOnlyList<NamedParameter> parameters, IReadOnlyList<int>? chosen = null)
    {
        var flats = new List<FlatGradient>();
        var run = new List<Tensor>();
        var first = 0;
        for (var i = 0; i <= parameters.Count; i++)
        {
            var gradient = i < parameters.Count && chosen?.Contains(i) != false ? parameters[i].Parameter.grad : null; // [any]
            var goesOn = gradient is not null && run.Count > 0 && gradient.dtype == run[0].dtype && gradient.device == run[0].device;
            if (run.Count > 0 && !goesOn)
            {
                flats.Add(new FlatGradient(first, [.. parameters.Skip(first).Take(run.Count)], cat(run))); // [numbers]
                run.Clear();
            }

            if (gradient is null) continue;
            if (run.Count == 0) first = i;
            run.Add(gradient.flatten()); // [any] → [numbers]
        }

        return flats;
    }

    /// <summary>The weights in the same order, a copy: [numbers].</summary>
    public Tensor Weights() => cat(Parameters.Select(named => named.Parameter.flatten()).ToList()); // [any] each → [numbers]
}
