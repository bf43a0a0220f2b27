using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Discrete Fourier transforms.</summary>
    public static partial class fft
    {
        public static Tensor fft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftFft2.Call(input, s, dim ?? [-2, -1], Tensor.NormName(norm));

        public static Tensor fft_(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftFft.Call(input, Length(n), dim, Tensor.NormName(norm));

        public static Tensor fftfreq(long n, double d = 1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Op.FftFftfreq.Call(n, d, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, null);

        public static Tensor fftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftFftn.Call(input, s, dim, Tensor.NormName(norm));

        public static Tensor fftshift(Tensor input, long[]? dim = null) => Op.FftFftshift.Call(input, dim);

        public static Tensor hfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftHfft.Call(input, Length(n), dim, Tensor.NormName(norm));

        public static Tensor hfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftHfft2.Call(input, s, dim ?? [-2, -1], Tensor.NormName(norm));

        public static Tensor hfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftHfftn.Call(input, s, dim, Tensor.NormName(norm));

        public static Tensor ifft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftIfft.Call(input, Length(n), dim, Tensor.NormName(norm));

        public static Tensor ifft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftIfft2.Call(input, s, dim ?? [-2, -1], Tensor.NormName(norm));

        public static Tensor ifftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftIfftn.Call(input, s, dim, Tensor.NormName(norm));

        public static Tensor ifftshift(Tensor input, long[]? dim = null) => Op.FftIfftshift.Call(input, dim);

        public static Tensor ihfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftIhfft.Call(input, Length(n), dim, Tensor.NormName(norm));

        public static Tensor ihfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftIhfft2.Call(input, s, dim ?? [-2, -1], Tensor.NormName(norm));

        public static Tensor ihfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftIhfftn.Call(input, s, dim, Tensor.NormName(norm));

        public static Tensor irfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftIrfft.Call(input, Length(n), dim, Tensor.NormName(norm));

        public static Tensor irfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftIrfft2.Call(input, s, dim ?? [-2, -1], Tensor.NormName(norm));

        public static Tensor irfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftIrfftn.Call(input, s, dim, Tensor.NormName(norm));

        public static Tensor rfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftRfft.Call(input, Length(n), dim, Tensor.NormName(norm));

        public static Tensor rfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftRfft2.Call(input, s, dim ?? [-2, -1], Tensor.NormName(norm));

        public static Tensor rfftfreq(long n, double d = 1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Op.FftRfftfreq.Call(n, d, dtype ?? defaultDtype, Value.None, InitializeDevice(device)), requires_grad, null);

        public static Tensor rfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.FftRfftn.Call(input, s, dim, Tensor.NormName(norm));

        private static Value Length(long n) => n < 0 ? Value.None : n;
    }
}

file static class Op
{
    public static readonly Operator FftFft = new("fft_fft");
    public static readonly Operator FftFft2 = new("fft_fft2");
    public static readonly Operator FftFftfreq = new("fft_fftfreq");
    public static readonly Operator FftFftn = new("fft_fftn");
    public static readonly Operator FftFftshift = new("fft_fftshift");
    public static readonly Operator FftHfft = new("fft_hfft");
    public static readonly Operator FftHfft2 = new("fft_hfft2");
    public static readonly Operator FftHfftn = new("fft_hfftn");
    public static readonly Operator FftIfft = new("fft_ifft");
    public static readonly Operator FftIfft2 = new("fft_ifft2");
    public static readonly Operator FftIfftn = new("fft_ifftn");
    public static readonly Operator FftIfftshift = new("fft_ifftshift");
    public static readonly Operator FftIhfft = new("fft_ihfft");
    public static readonly Operator FftIhfft2 = new("fft_ihfft2");
    public static readonly Operator FftIhfftn = new("fft_ihfftn");
    public static readonly Operator FftIrfft = new("fft_irfft");
    public static readonly Operator FftIrfft2 = new("fft_irfft2");
    public static readonly Operator FftIrfftn = new("fft_irfftn");
    public static readonly Operator FftRfft = new("fft_rfft");
    public static readonly Operator FftRfft2 = new("fft_rfft2");
    public static readonly Operator FftRfftfreq = new("fft_rfftfreq");
    public static readonly Operator FftRfftn = new("fft_rfftn");
}
