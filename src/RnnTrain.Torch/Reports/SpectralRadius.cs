using RnnTrain.Cells;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Reports;

/// <summary>
/// The largest absolute eigenvalue of a matrix, by Gelfand's formula: ρ(A) = lim ‖Aᵏ‖^(1/k). k = 2²⁰ takes twenty products, and neither
/// complex pairs nor equal eigenvalues trouble it.
/// </summary>
public static class SpectralRadius
{
    private const int Squarings = 20;

    /// <summary>Of each square block of a cell's recurrent matrices, one a gate, in the order of the gates.</summary>
    public static IReadOnlyList<(string Block, double Value)> OfBlocks(RecurrentCell cell)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        return [.. cell.NamedParameters().Where(parameter => parameter.Role is ParameterRole.RecurrentWeight or ParameterRole.DiagonalWeight).SelectMany(Blocks)];
    }

    /// <param name="matrix">[n, n], or several of them: [matrices, n, n]; then the largest counts.</param>
    public static double Of(Tensor matrix)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var power = matrix.detach().to(ScalarType.Float64, true).view(-1, matrix.size(-1), matrix.size(-1)); // [matrices, n, n]
        var logarithm = zeros(power.size(0), ScalarType.Float64, power.device); // [matrices], ln ‖Aᵏ‖ / k
        for (var i = 0; i <= Squarings; i++)
        {
            if (i > 0) power = power.bmm(power); // [matrices, n, n]
            var norm = power.square().sum([1, 2]).sqrt(); // [matrices]
            logarithm += norm.log() / Math.Pow(2, i);
            power = power / norm.clamp(min: double.Epsilon).view(-1, 1, 1);
        }
        return Math.Exp(logarithm.max().ToDouble()); // e to −∞ is 0: a nilpotent matrix
    }

    private static IEnumerable<(string Block, double Value)> Blocks(NamedParameter parameter)
    {
        var weight = parameter.Parameter;
        if (weight.dim() == 1) return [(parameter.Name, weight.abs().max().ToDouble())]; // a diagonal matrix
        if (weight.dim() == 2 && weight.size(0) % parameter.Gates == 0 && weight.size(0) / parameter.Gates == weight.size(1))
        {
            return weight.chunk(parameter.Gates, 0).Select((block, gate) =>
                (parameter.Gates == 1 ? parameter.Name : FormattableString.Invariant($"{parameter.Name}, gate {gate + 1} of {parameter.Gates}"), Of(block)));
        }
        return weight.dim() == 3 && weight.size(1) == weight.size(2) ? [(parameter.Name, Of(weight))] : [];
    }
}
