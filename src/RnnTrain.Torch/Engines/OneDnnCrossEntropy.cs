using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>The output layer with its loss by native/cross_entropy.cpp: Float32 on the CPU.</summary>
internal static unsafe class OneDnnCrossEntropy
{
    // On two cores 700 × 650 × 10,000 takes the same time in one chunk of 28 MB as in two of 14 MB, 6 % more in four of 7 MB, 20 % in eight.
    private const long ChunkMemory = 16L << 20;

    /// <summary>True where these tensors can be computed here, provided that oneDNN is there.</summary>
    public static bool Serves(CrossEntropyProblem problem) =>
        problem.LossScale is null
        && FloatMemory.Holds(problem.Hidden) && FloatMemory.Holds(problem.Weight) && (problem.Bias is null || FloatMemory.Holds(problem.Bias))
        && problem.Targets.device_type == DeviceType.CPU && problem.Targets.is_contiguous();

    public static CrossEntropySolution Solve(CrossEntropyProblem problem)
    {
        var (rows, features, classes) = (problem.Rows, problem.Features, problem.Classes);
        var wanted = problem.Wanted;
        var count = problem.Count.item<long>();
        var scale = count == 0 ? 0 : problem.Factor / count;
        var hiddenGradient = wanted.Hidden ? empty(rows, features) : null; // [rows, features]
        var weightGradient = wanted.Weight ? empty(classes, features) : null; // [classes, features]
        var biasGradient = wanted.Bias ? empty(classes) : null; // [classes]
        using var scratch = empty(OneDnnNative.LinearCrossEntropyScratch(problem.ChunkRows(ChunkMemory), classes)); // a chunk's logits and some rows
        double loss, evenLoss;
        long correct;
        fixed (byte* targets = problem.Targets.bytes)
        {
            OneDnn.Check(OneDnnNative.LinearCrossEntropy(
                rows, features, classes, FloatMemory.Of(problem.Hidden), FloatMemory.Of(problem.Weight), FloatMemory.OrNull(problem.Bias),
                (long*)targets, (float)scale, (float)problem.Smoothing, problem.ChunkRows(ChunkMemory), FloatMemory.Of(scratch),
                FloatMemory.OrNull(hiddenGradient), FloatMemory.OrNull(weightGradient), FloatMemory.OrNull(biasGradient), &loss, &evenLoss, &correct));
        }

        return new CrossEntropySolution(tensor(loss), problem.Smoothing > 0 ? tensor(evenLoss) : null, tensor(correct), hiddenGradient, weightGradient, biasGradient);
    }
}
