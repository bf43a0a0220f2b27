using TorchSharp.Interop;

namespace TorchSharp;

// Ranges, identities, windows, random integers, and tensors like others.
public static partial class torch
{
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>From start to below stop. Integers where all three are, unless a type is given.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var integers = is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type);
        var type = dtype ?? (integers ? ScalarType.Int64 : defaultDtype);
        return Finish(Op.ArangeStartStep.Call(start, stop, step, type, Value.None, InitializeDevice(device)), requires_grad, null);
    }

    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.Linspace.Call(start, end, steps, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, null);

    public static Tensor logspace(
        double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.Logspace.Call(start, end, steps, @base, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, null);

    public static Tensor eye(
        long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Finish(
            Op.EyeM.Call(rows, columns < 0 ? rows : columns, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, names);

    public static Tensor empty_strided(
        long[] size, long[] strides, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Finish(Op.EmptyStrided.Call(size, strides, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, names);

    public static Tensor complex(Tensor real, Tensor imag) => Op.Complex.Call(real, imag);

    public static Tensor polar(Tensor abs, Tensor angle) => Op.Polar.Call(abs, angle);

    public static Tensor tril_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Op.TrilIndices.Call(row, col, offset, dtype, Value.None, InitializeDevice(device));

    public static Tensor triu_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Op.TriuIndices.Call(row, col, offset, dtype, Value.None, InitializeDevice(device));

    public static Tensor hann_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.HannWindow.Call(len, periodic, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, null);

    public static Tensor hamming_window(
        long len, bool periodic = true, float alpha = 0.54f, float beta = 0.46f, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Finish(
            Op.HammingWindow.Call(len, periodic, alpha, beta, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, null);

    public static Tensor blackman_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.BlackmanWindow.Call(len, periodic, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, null);

    public static Tensor bartlett_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.BartlettWindow.Call(len, periodic, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, null);

    public static Tensor kaiser_window(
        long len, bool periodic = true, float beta = 12, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.KaiserWindow.Call(len, periodic, beta, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, null);
}

file static class Op
{
    public static readonly Operator ArangeStartStep = new("arange.start_step");
    public static readonly Operator Linspace = new("linspace");
    public static readonly Operator Logspace = new("logspace");
    public static readonly Operator EyeM = new("eye.m");
    public static readonly Operator EmptyStrided = new("empty_strided");
    public static readonly Operator Complex = new("complex");
    public static readonly Operator Polar = new("polar");
    public static readonly Operator TrilIndices = new("tril_indices");
    public static readonly Operator TriuIndices = new("triu_indices");
    public static readonly Operator HannWindow = new("hann_window.periodic");
    public static readonly Operator HammingWindow = new("hamming_window.periodic_alpha_beta");
    public static readonly Operator BlackmanWindow = new("blackman_window.periodic");
    public static readonly Operator BartlettWindow = new("bartlett_window.periodic");
    public static readonly Operator KaiserWindow = new("kaiser_window.beta");
}
