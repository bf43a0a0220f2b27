using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RnnTrain.Tensors;

namespace RnnTrain.Engines;

/// <summary>
/// The sums over all paths through a chain of classes, and the probabilities of its parts, over plain memory in Float64: Rabiner, "A tutorial
/// on hidden Markov models" (1989), in logarithms. A unit of work is an example, a vector holds the classes of a step.
/// <code>
/// s_0(j) = start(j)                                  α_t(j) = s_t(j) + x_t(j)
/// s_t(j) = log Σ_i exp(α_(t−1)(i) + A(i, j))         log Z = log Σ_j exp(α_(T−1)(j) + end(j))
/// p_(T−1)(j) = exp(α_(T−1)(j) + end(j) − log Z)
/// p_t(i, j) = p_(t+1)(j) exp(α_t(i) + A(i, j) − s_(t+1)(j))        p_t(i) = Σ_j p_t(i, j)
/// </code>
/// The last two lines go back over the same path and need no second recurrence in logarithms: each factor is a probability, that of having
/// come from i. Where classes are known, the same sums run over the paths through them, and what is told is the difference.
/// </summary>
internal sealed unsafe class ChainPass : ICpuJob
{
    private static readonly int Width = Vector512<double>.Count;
    private static readonly Vector512<double> Lowest = Vector512.Create(-1e300); // below every score; no −∞ − (−∞)
    private readonly ChainShape shape;
    private readonly int padded; // classes, rounded up to whole vectors

    public ChainPass(ChainShape shape)
    {
        this.shape = shape;
        padded = PaddedClasses(shape.Classes);
    }

    /// <summary>x, [time, batch, classes].</summary>
    public double* Scores { get; init; }

    /// <summary>A: from a class, to a class, [classes, padded]; −∞ behind the last.</summary>
    public double* Transitions { get; init; }

    /// <summary>[padded], −∞ behind the last; and so <see cref="End"/>.</summary>
    public double* Start { get; init; }

    public double* End { get; init; }

    /// <summary>log Z over all paths minus log Z over those through the known classes, [batch].</summary>
    public double* Losses { get; init; }

    /// <summary>Their derivatives by x, [time, batch, classes], zero beforehand; null where nobody asks for any.</summary>
    public double* ScoreGradient { get; init; }

    /// <summary>By A, for each example by itself: [batch, classes, padded], zero beforehand.</summary>
    public double* TransitionGradients { get; init; }

    /// <summary>[batch, padded], zero beforehand; and so <see cref="EndGradients"/>.</summary>
    public double* StartGradients { get; init; }

    public double* EndGradients { get; init; }

    /// <summary>True where the sums over the paths through known classes are left out: then the derivatives are the probabilities themselves.</summary>
    public bool OnlyAllPaths { get; init; }

    /// <summary>The classes, rounded up to whole vectors.</summary>
    public static int PaddedClasses(int classes) => (classes + Width - 1) / Width * Width;

    public void Run() => CpuTeam.Run(this, shape.Batch);

    public void Do(int unit)
    {
        var length = (int)shape.Lengths[unit];
        var memory = (double*)NativeMemory.AlignedAlloc((nuint)((3 * length) + 1) * (nuint)padded * sizeof(double), 64);
        try
        {
            var path = new ChainPath(memory, length, padded);
            CopyScores(unit, path);
            Losses[unit] = Sum(unit, path, isFree: true);
            if (ScoreGradient != null) AddProbabilities(unit, path, Losses[unit], sign: 1, isFree: true);
            if (OnlyAllPaths) return;
            var known = Sum(unit, path, isFree: false);
            if (ScoreGradient != null) AddProbabilities(unit, path, known, sign: -1, isFree: false);
            Losses[unit] -= known;
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    private void CopyScores(int example, ChainPath path)
    {
        var rest = Vector512.Create(double.NegativeInfinity);
        for (var t = 0; t < path.Length; t++)
        {
            rest.Store(path.Scores(t) + padded - Width);
            new Span<double>(Scores + ((((long)t * shape.Batch) + example) * shape.Classes), shape.Classes).CopyTo(new Span<double>(path.Scores(t), padded));
        }
    }

    /// <summary>The classes that a path may go through at a step: the known one, or all.</summary>
    private (int First, int End) Classes(int example, int t, bool isFree)
    {
        if (isFree) return (0, shape.Classes);
        var target = shape.Targets[((long)t * shape.Batch) + example];
        return target < 0 || target >= shape.Classes ? (0, shape.Classes) : ((int)target, (int)target + 1);
    }

    /// <summary>α and s of every step; log Z.</summary>
    private double Sum(int example, ChainPath path, bool isFree)
    {
        new Span<double>(Start, padded).CopyTo(new Span<double>(path.Entered(0), padded));
        var here = Classes(example, 0, isFree);
        Reach(path, 0, here);
        for (var t = 1; t < path.Length; t++)
        {
            var before = here;
            for (var j = 0; j < padded; j += Width) LogSum(path.Reached(t - 1), j, before).Store(path.Entered(t) + j);
            here = Classes(example, t, isFree);
            Reach(path, t, here);
        }

        return LogSum(path.Reached(path.Length - 1));
    }

    /// <summary>α_t out of s_t, and −∞ for classes that are not to be gone through.</summary>
    private void Reach(ChainPath path, int t, (int First, int End) allowed)
    {
        var reached = path.Reached(t);
        for (var j = 0; j < padded; j += Width) (Vector512.Load(path.Entered(t) + j) + Vector512.Load(path.Scores(t) + j)).Store(reached + j);
        if (allowed.End - allowed.First == shape.Classes) return;
        new Span<double>(reached, allowed.First).Fill(double.NegativeInfinity);
        new Span<double>(reached + allowed.End, shape.Classes - allowed.End).Fill(double.NegativeInfinity);
    }

    /// <summary>log Σ_i exp(α(i) + A(i, j)) of as many j as a vector holds.</summary>
    private Vector512<double> LogSum(double* reached, int j, (int First, int End) from)
    {
        var column = Transitions + j;
        var highest = Lowest;
        for (var i = from.First; i < from.End; i++)
            highest = Vector512.Max(highest, Vector512.Create(reached[i]) + Vector512.Load(column + ((long)i * padded)));
        var sum = Vector512<double>.Zero;
        for (var i = from.First; i < from.End; i++)
            sum += Vector512.Exp(Vector512.Create(reached[i]) + Vector512.Load(column + ((long)i * padded)) - highest);
        return highest + Vector512.Log(sum);
    }

    /// <summary>log Σ_j exp(α(j) + end(j)).</summary>
    private double LogSum(double* reached)
    {
        var highest = double.NegativeInfinity;
        for (var j = 0; j < shape.Classes; j++) highest = Math.Max(highest, reached[j] + End[j]);
        var sum = 0.0;
        for (var j = 0; j < shape.Classes; j++) sum += Math.Exp(reached[j] + End[j] - highest);
        return highest + Math.Log(sum);
    }

    /// <summary>Adds the probabilities of classes, of transitions, of the first and of the last class to the derivatives, or takes them off.</summary>
    private void AddProbabilities(int example, ChainPath path, double total, int sign, bool isFree)
    {
        var last = path.Length - 1;
        var p = path.Probabilities; // of the classes of step t + 1, [padded]
        var reached = path.Reached(last);
        for (var j = 0; j < padded; j++) p[j] = j < shape.Classes ? Math.Exp(reached[j] + End[j] - total) : 0;
        AddTo(EndGradients + ((long)example * padded), p, sign, padded);
        for (var t = last; t > 0; t--)
        {
            AddTo(ScoreGradient + ((((long)t * shape.Batch) + example) * shape.Classes), p, sign, shape.Classes);
            AddTransitions(example, path, t, sign, Classes(example, t - 1, isFree));
        }

        AddTo(ScoreGradient + ((long)example * shape.Classes), p, sign, shape.Classes);
        AddTo(StartGradients + ((long)example * padded), p, sign, padded);
    }

    /// <summary>From the probabilities of the classes of step t to those of step t − 1, over those of the transitions between.</summary>
    private void AddTransitions(int example, ChainPath path, int t, int sign, (int First, int End) from)
    {
        var p = path.Probabilities;
        var entered = path.Entered(t);
        var before = path.Reached(t - 1); // α_(t−1)(i) is read before p_(t−1)(i) takes its place, and never again
        new Span<double>(before, from.First).Clear();
        new Span<double>(before + from.End, padded - from.End).Clear();
        for (var i = from.First; i < from.End; i++)
        {
            var (alpha, sum) = (Vector512.Create(before[i]), Vector512<double>.Zero);
            var row = Transitions + ((long)i * padded);
            var to = TransitionGradients + ((((long)example * shape.Classes) + i) * padded);
            for (var j = 0; j < padded; j += Width)
            {
                var came = Vector512.Exp(alpha + Vector512.Load(row + j) - Vector512.Max(Vector512.Load(entered + j), Lowest));
                var pair = Vector512.Load(p + j) * came;
                sum += pair;
                (Vector512.Load(to + j) + (sign * pair)).Store(to + j);
            }

            before[i] = Vector512.Sum(sum);
        }

        new Span<double>(before, padded).CopyTo(new Span<double>(p, padded));
    }

    private static void AddTo(double* to, double* values, int sign, int count)
    {
        for (var j = 0; j < count; j++) to[j] += sign * values[j];
    }
}
