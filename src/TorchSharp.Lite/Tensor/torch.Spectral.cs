using TorchSharp.Interop;

namespace TorchSharp;

// Fourier transforms.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The short-time Fourier transform: one spectrum for each position of a window that hops over the signal.</summary>
        public Tensor stft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
            PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false, bool? onesided = null, bool? return_complex = null)
        {
            var hop = hop_length < 0 ? n_fft / 4 : hop_length;
            var length = win_length < 0 ? n_fft : win_length;
            if (!center) return Op.Stft.Call(this, n_fft, hop, length, window, normalized, onesided, return_complex);
            using var padded = PadSignal(n_fft / 2, pad_mode);
            return Op.Stft.Call(padded, n_fft, hop, length, window, normalized, onesided, return_complex);
        }

        /// <summary>The signal that <see cref="stft"/> was computed from.</summary>
        public Tensor istft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true, bool normalized = false,
            bool? onesided = null, long length = -1, bool return_complex = false) =>
            Op.Istft.Call(
                this, n_fft, hop_length < 0 ? n_fft / 4 : hop_length, win_length < 0 ? n_fft : win_length, window, center, normalized, onesided,
                length < 0 ? Value.None : length, return_complex);

        private Tensor PadSignal(long each, PaddingModes mode)
        {
            using var channels = ndim == 1 ? unsqueeze(0) : alias();
            long[] pad = [each, each];
            using var padded = mode switch
            {
                PaddingModes.Reflect => Op.ReflectionPad1d.Call(channels, pad),
                PaddingModes.Replicate => Op.ReplicationPad1d.Call(channels, pad),
                _ => Op.ConstantPadNd.Call(channels, pad),
            };
            return ndim == 1 ? padded.squeeze(0) : padded.alias();
        }
    }
}

file static class Op
{
    public static readonly Operator Stft = new("stft");
    public static readonly Operator Istft = new("istft");
    public static readonly Operator ReflectionPad1d = new("reflection_pad1d");
    public static readonly Operator ReplicationPad1d = new("replication_pad1d");
    public static readonly Operator ConstantPadNd = new("constant_pad_nd");
}
