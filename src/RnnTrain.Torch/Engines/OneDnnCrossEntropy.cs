using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>The output layer with its loss by native/cross_entropy.cpp: Float32 on the CPU.</summary>
internal static unsafe class OneDnnCrossEntropy
{
    // On two cores 700 × 650 × 10,000 takes the same time in one chunk of 28 MB as in two of 14 MB, and 5 % more in four of 7 MB.
    private const long ChunkMemory = 16L << 20;

    /// <summary>True where these tensors can be computed here, provided that oneDNN is there.</summary>
    public static bool Serves(CrossEntropyProblem problem) =>
        IsPlain(problem.Hidden) && IsPlain(problem.Weight) && (problem.Bias is null || IsPlain(problem.Bias))
        && problem.Targets.device_type == DeviceType.CPU && problem.Targets.is_contiguous();

    /// <summary>Bytes of memory that it needs besides its inputs and outputs.</summary>
    public static long ScratchBytes(CrossEntropyProblem problem) =>
        sizeof(float) * OneDnnNative.LinearCrossEntropyScratch(problem.ChunkRows(ChunkMemory), problem.Classes);

    public static CrossEntropySolution Solve(CrossEntropyProblem problem)
    {
        var (rows, features, classes) = (problem.Rows, problem.Features, problem.Classes);
        var wanted = problem.Wanted;
        var count = problem.Count.item<long>();
        var scale = count == 0 ? 0 : problem.Factor / count;
        var hiddenGradient = wanted.Hidden ? empty(rows, features) : null; // [rows, features]
        var weightGradient = wanted.Weight ? empty(classes, features) : null; // [classes, features]
        var biasGradient = wanted.Bias ? empty(classes) : null; // [classes]
        using var scratch = empty(ScratchBytes(problem) / sizeof(float));
        double loss;
        long correct;
        fixed (byte* hidden = problem.Hidden.bytes, weight = problem.Weight.bytes, bias = Bytes(problem.Bias), targets = problem.Targets.bytes)
        fixed (byte* chunk = scratch.bytes, toHidden = Bytes(hiddenGradient), toWeight = Bytes(weightGradient), toBias = Bytes(biasGradient))
        {
            OneDnn.Check(OneDnnNative.LinearCrossEntropy(
                rows, features, classes, (float*)hidden, (float*)weight, (float*)bias, (long*)targets, (float)scale,
                problem.ChunkRows(ChunkMemory), (float*)chunk, (float*)toHidden, (float*)toWeight, (float*)toBias, &loss, &correct));
        }

        return new CrossEntropySolution(tensor(loss), tensor(correct), hiddenGradient, weightGradient, biasGradient);
    }

    private static Span<byte> Bytes(Tensor? values) => values is null ? default : values.bytes;

    private static bool IsPlain(Tensor values) =>
        values.device_type == DeviceType.CPU && values.dtype == ScalarType.Float32 && values.is_contiguous()
        && values.numel() <= int.MaxValue / sizeof(float); // the most that a span of bytes reaches
}
