using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests;

public sealed class LinearAlgebraTests
{
    [Fact]
    public void Products_give_their_values()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1f, 2f, 3f, 4f }, [2, 2]);
        var v = tensor(new[] { 1f, 10f });
        Near.Equal(a.mm(a), [2, 2], 7, 10, 15, 22);
        Near.Equal(a.matmul(v), [2], 21, 43);
        Near.Equal(a.mv(v), [2], 21, 43);
        Near.Equal(v.dot(v), [], 101);
        Near.Equal(v.outer(v), [2, 2], 1, 10, 10, 100);
        Near.Equal(stack([a, a]).bmm(stack([a, a]))[1], [2, 2], 7, 10, 15, 22);
        Near.Equal(ones(2, 2).addmm(a, a, beta: 2, alpha: 1), [2, 2], 9, 12, 17, 24);
        Near.Equal(einsum("ij,j->i", a, v), [2], 21, 43);
        Near.Equal(a.tensordot(a, [1], [0]), [2, 2], 7, 10, 15, 22);
        Near.Equal(a.det(), [], -2);
        Near.Equal(a.inverse(), [2, 2], -2, 1, 1.5, -0.5);
    }

    [Fact]
    public void Decompositions_multiply_back()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1.0, 2, 3, 4, 5, 7 }, [3, 2]);
        var (q, r) = linalg.qr(a);
        Near.Equal(q.mm(r), [3, 2], 1, 2, 3, 4, 5, 7);
        Near.Equal(q.t().mm(q), [2, 2], 1, 0, 0, 1);
        var (u, s, v) = linalg.svd(a, fullMatrices: false);
        Near.Equal((u * s).mm(v), [3, 2], 1, 2, 3, 4, 5, 7);
        var definite = tensor(new[] { 4.0, 2, 2, 5 }, [2, 2]);
        Near.Equal(definite.cholesky(), [2, 2], 2, 0, 1, 2);
        Near.Equal(definite.cholesky(upper: true), [2, 2], 2, 1, 0, 2);
        Near.Equal(linalg.vector_norm(tensor(new[] { 3.0, 4.0 })), [], 5);
    }

    [Fact]
    public void Fourier_transforms_give_spectra_and_come_back()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 0f, 0f, 0f });
        var spectrum = fft.rfft(x);
        Assert.Equal(ScalarType.ComplexFloat32, spectrum.dtype);
        Near.Equal(spectrum.abs(), 1, 1, 1);
        Near.Equal(spectrum.real, 1, 1, 1);
        Near.Equal(spectrum.imag, 0, 0, 0);
        Near.Equal(fft.irfft(spectrum), 1, 0, 0, 0);
        Near.Equal(fft.fft_(tensor(new[] { 1f, 1f }), norm: FFTNormType.Ortho).real, Math.Sqrt(2), 0);
        var signal = arange(16).to(ScalarType.Float32);
        var frames = signal.stft(8, hop_length: 4, window: ones(8), return_complex: true);
        Assert.Equal([5L, 5L], frames.shape);
        Near.Equal(frames.istft(8, hop_length: 4, window: ones(8)), [16], signal.data<float>().Select(x => (double)x).ToArray());
    }
}
