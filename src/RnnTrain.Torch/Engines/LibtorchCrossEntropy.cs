using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Engines;

/// <summary>
/// The output layer with its loss by libtorch, on every device and in every type. As in native/cross_entropy.cpp the gradient is formed
/// where the logits were, and only one chunk of them lives at a time. Softmax and loss are in Float32 where the layer computes in a shorter
/// type. Nothing waits for the device.
/// </summary>
internal static class LibtorchCrossEntropy
{
    private const long ChunkMemoryOnCpu = 16L << 20;
    private const long ChunkMemoryElsewhere = 128L << 20;

    public static CrossEntropySolution Solve(CrossEntropyProblem problem)
    {
        var rows = problem.Rows;
        var chunk = problem.ChunkRows(problem.Hidden.device_type == DeviceType.CPU ? ChunkMemoryOnCpu : ChunkMemoryElsewhere);
        var sums = new Sums(problem, isAddedTo: chunk < rows);
        using var scale = problem.Share(sums.Type); // []
        for (long start = 0; start < rows; start += chunk) Add(problem, sums, scale, start, Math.Min(chunk, rows - start));
        return sums.Solution();
    }

    private static void Add(CrossEntropyProblem problem, Sums sums, Tensor scale, long start, long count)
    {
        using var scope = NewDisposeScope();
        var h = problem.Hidden.narrow(0, start, count); // [chunk, features]
        var targets = problem.Targets.narrow(0, start, count); // [chunk]
        var isScored = targets.ne(CrossEntropyProblem.Ignored); // [chunk]
        var places = where(isScored, targets, zeros_like(targets)).unsqueeze(1); // [chunk] → [chunk, 1]
        var x = Logits(h, problem.Weight, problem.Bias, sums.Type); // [chunk, features] → [chunk, classes]
        sums.Correct.add_(x.argmax(1).eq(targets).sum());
        var most = x.amax([1], keepdim: true); // [chunk, 1]
        var hit = x.gather(1, places); // [chunk, 1]
        var even = problem.Smoothing > 0 ? x.mean([1], keepdim: true) : null; // [chunk, 1]
        x.sub_(most).exp_();
        var total = x.sum(1, keepdim: true); // [chunk, 1]
        var logTotal = total.log() + most; // [chunk, 1]
        AddScored(sums.Loss, logTotal - hit);
        if (even is not null) AddScored(sums.EvenLoss!, logTotal - even);
        if (!problem.Wanted.Any) return;

        var weights = isScored.unsqueeze(1).to(sums.Type) * scale; // [chunk, 1]
        x.mul_(weights / total); // softmax · scale
        x.scatter_add_(1, places, weights * (problem.Smoothing - 1)); // [chunk, classes]
        if (even is not null) x.sub_(weights * (problem.Smoothing / problem.Classes)); // [chunk, classes], the gradient of the logits
        if (sums.ToBias is not null) sums.ToBias.add_(x.sum(0L));
        var gradient = x.to(problem.Hidden.dtype); // [chunk, classes]
        if (sums.ToHidden is not null) sums.ToHidden.narrow(0, start, count).copy_(gradient.mm(problem.Weight)); // [chunk, features]
        sums.AddToWeight(gradient, h, isFirst: start == 0);

        void AddScored(Tensor sum, Tensor losses) // [] and [chunk, 1]
        {
            var values = losses.squeeze(1); // [chunk, 1] → [chunk]
            sum.add_(where(isScored, values, zeros_like(values)).sum(ScalarType.Float64));
        }
    }

    /// <summary>A bias may be in full where the layer computes in a shorter type.</summary>
    private static Tensor Logits(Tensor h, Tensor weight, Tensor? bias, ScalarType type)
    {
        if (bias is null || bias.dtype == h.dtype) return nn.functional.linear(h, weight, bias).to(type); // [chunk, classes]
        return nn.functional.linear(h, weight).to(type).add_(bias); // [chunk, classes]
    }

    /// <summary>What the chunks add up to.</summary>
    private sealed class Sums
    {
        private readonly CrossEntropyProblem problem;
        private readonly Tensor? toWeight; // [classes, features]

        public Sums(CrossEntropyProblem problem, bool isAddedTo)
        {
            this.problem = problem;
            var (hidden, weight) = (problem.Hidden, problem.Weight);
            var isShort = hidden.dtype is ScalarType.Float16 or ScalarType.BFloat16;
            Type = isShort ? ScalarType.Float32 : hidden.dtype;
            Loss = zeros([], ScalarType.Float64, hidden.device); // []
            if (problem.Smoothing > 0) EvenLoss = zeros([], ScalarType.Float64, hidden.device); // []
            Correct = zeros([], ScalarType.Int64, hidden.device); // []
            if (problem.Wanted.Hidden) ToHidden = empty_like(hidden); // [rows, features]
            if (problem.Wanted.Bias) ToBias = zeros(problem.Classes, Type, hidden.device); // [classes]
            if (!problem.Wanted.Weight) return;
            var shape = weight.shape;
            toWeight = isShort && isAddedTo ? zeros(shape, Type, hidden.device) : empty(shape, hidden.dtype, hidden.device); // [classes, features]
            if (problem.Rows == 0) toWeight.zero_();
        }

        /// <summary>The type of softmax and loss.</summary>
        public ScalarType Type { get; }

        public Tensor Loss { get; }

        public Tensor? EvenLoss { get; }

        public Tensor Correct { get; }

        public Tensor? ToHidden { get; }

        public Tensor? ToBias { get; }

        /// <param name="gradient">Of the logits: [chunk, classes].</param>
        /// <param name="h">[chunk, features].</param>
        /// <param name="isFirst">True where the sum has no value yet.</param>
        public void AddToWeight(Tensor gradient, Tensor h, bool isFirst)
        {
            if (toWeight is null) return;
            if (toWeight.dtype == h.dtype) toWeight.addmm_(gradient.t(), h, isFirst ? 0 : 1, 1); // [classes, features]
            else toWeight.add_(gradient.t().mm(h)); // [classes, features], chunks of a short type added up in Float32
        }

        public CrossEntropySolution Solution() =>
            new(Loss, EvenLoss, Correct, ToHidden, toWeight?.to(problem.Weight.dtype), ToBias?.to(problem.Bias!.dtype));
    }
}
