using System.Runtime.Intrinsics;
using RnnTrain.Cells;
using RnnTrain.Tensors;
using RnnTrain.Training.Optimizers;
using static TorchSharp.torch;

namespace RnnTrain.Training;

/// <summary>The length of the gradient over all parameters, and what clipping by norm makes of it (Pascanu et al. 2013).</summary>
public sealed class GradientNorm(IReadOnlyList<NamedParameter> parameters) : ICpuJob
{
    private readonly ParameterMemory memory = new(parameters);
    private double[] squares = [];

    /// <summary>The Euclidean norm of all gradients taken as one vector: in one pass over plain CPU memory; elsewhere it waits for the device.</summary>
    public unsafe double Measure()
    {
        memory.Find(rowsOnly: true);
        if (squares.Length < memory.Units) squares = new double[memory.Units];
        CpuTeam.Run(this, memory.Units);
        double sum = 0;
        foreach (var square in squares.AsSpan(0, memory.Units)) sum += square;
        if (memory.Others.Count == 0) return Math.Sqrt(sum);

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var rest = Of(FlatGradient.Of(parameters, memory.Others)).item<float>();
        return Math.Sqrt(sum + (double)rest * rest);
    }

    /// <summary>The same of gradients as vectors, left on their device: a Float32 scalar.</summary>
    public static Tensor Of(IReadOnlyList<FlatGradient> gradients)
    {
        if (gradients.Count == 0) return zeros([]); // []
        var norms = gradients.Select(flat => flat.Values.norm().to_type(ScalarType.Float32)).ToList(); // [] each
        return norms.Count == 1 ? norms[0] : stack(norms).norm(); // [vectors] → []
    }

    /// <summary>What gradients of this norm are multiplied by so that the norm does not pass the limit; 1 where it does not anyway.</summary>
    public static double ScaleToClip(double norm, double? limit) => limit is { } most && norm > most ? most / norm : 1;

    /// <summary>The same on the device: a scalar.</summary>
    public static Tensor ScaleToClip(Tensor norm, double? limit) =>
        limit is { } most ? (most / norm).clamp_max(1) : ones_like(norm); // []

    void ICpuJob.Do(int unit)
    {
        double sum = 0;
        foreach (var stretch in memory[unit]) sum += SumOfSquares(stretch);
        squares[unit] = sum;
    }

    /// <summary>In doubles, which neither overflow nor lose small gradients, and cost nothing: memory is slower.</summary>
    private static unsafe double SumOfSquares(Stretch stretch)
    {
        var g = stretch.Gradient;
        var count = stretch.Count;
        var (even, odd) = (Vector512<double>.Zero, Vector512<double>.Zero);
        var i = 0;
        for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var (lower, upper) = Vector512.Widen(Vector512.Load(g + i));
            even = Vector512.FusedMultiplyAdd(lower, lower, even);
            odd = Vector512.FusedMultiplyAdd(upper, upper, odd);
        }

        var sum = Vector512.Sum(even + odd);
        for (; i < count; i++) sum += (double)g[i] * g[i];
        return sum;
    }
}
