using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => NativeMethods.tsl_grad_mode() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => NativeMethods.tsl_inference_mode() != 0;

    /// <summary>Whether operators record gradients on this thread, until it is disposed.</summary>
    private sealed class GradMode : IDisposable
    {
        private readonly bool before = is_grad_enabled();

        public GradMode(bool enabled) => NativeMethods.tsl_set_grad_mode(enabled ? 1 : 0);

        public void Dispose() => NativeMethods.tsl_set_grad_mode(before ? 1 : 0);
    }

    /// <summary>libtorch's inference mode on this thread, until it is disposed.</summary>
    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private nint guard = NativeMethods.tsl_inference_mode_enter(enabled ? 1 : 0);

        public void Dispose()
        {
            if (guard != 0) NativeMethods.tsl_inference_mode_leave(guard);
            guard = 0;
        }
    }
}
