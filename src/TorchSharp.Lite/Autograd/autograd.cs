using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients through the history that tensors carry.</summary>
    public static unsafe partial class autograd
    {
        [ThreadStatic] private static int depth;

        /// <summary>Whether this thread is inside a call to backward or grad, rather than one of libtorch's own.</summary>
        private static bool OnCallingThread => depth > 0;

        /// <summary>Gradients of the outputs with respect to the inputs; null where an input is unused and that is allowed.</summary>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false,
            bool allow_unused = false)
        {
            nint[] outputHandles = Handles(outputs), inputHandles = Handles(inputs), gradHandles = Handles(grad_outputs);
            var results = new nint[inputHandles.Length];
            fixed (nint* output = outputHandles, input = inputHandles, gradient = gradHandles, result = results)
            {
                depth++;
                var status = NativeMethods.tsl_grad(
                    output, outputHandles.Length, input, inputHandles.Length, gradient, gradHandles.Length,
                    retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, result);
                depth--;
                NativeMethods.Check(status);
            }
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(results, static handle => handle == 0 ? null! : new Tensor(handle));
        }

        /// <summary>Adds the gradients of the tensors to the grad of the leaves, or of the inputs where given.</summary>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            Backward(tensors, grad_tensors, retain_graph is { } retain ? retain ? 1 : 0 : -1, create_graph, inputs);

        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);

        internal static void Backward(IList<Tensor> tensors, IList<Tensor>? gradients, int retainGraph, bool createGraph, IList<Tensor>? inputs)
        {
            nint[] tensorHandles = Handles(tensors), gradHandles = Handles(gradients), inputHandles = Handles(inputs);
            fixed (nint* tensor = tensorHandles, gradient = gradHandles, input = inputHandles)
            {
                depth++;
                var status = NativeMethods.tsl_backward(
                    tensor, tensorHandles.Length, gradient, gradHandles.Length, retainGraph, createGraph ? 1 : 0, input, inputHandles.Length);
                depth--;
                NativeMethods.Check(status);
            }
            GC.KeepAlive(tensors);
            GC.KeepAlive(gradients);
            GC.KeepAlive(inputs);
        }

        private static nint[] Handles(IList<Tensor>? tensors)
        {
            var handles = new nint[tensors?.Count ?? 0];
            for (var i = 0; i < handles.Length; i++) handles[i] = tensors![i]?.Handle ?? 0;
            return handles;
        }
    }
}

/// <summary>Checks backward passes for NaN and remembers where they come from, until it is disposed. Slow.</summary>
public class AnomalyMode : IDisposable
{
    private readonly bool enabledBefore = NativeMethods.tsl_anomaly_mode() != 0;
    private readonly bool checkedBefore = NativeMethods.tsl_anomaly_mode_checks_nan() != 0;

    public AnomalyMode(bool enabled, bool check_nan = true) => NativeMethods.tsl_set_anomaly_mode(enabled ? 1 : 0, check_nan ? 1 : 0);

    public bool IsEnabled => NativeMethods.tsl_anomaly_mode() != 0;

    public bool ShouldCheckNaN => NativeMethods.tsl_anomaly_mode_checks_nan() != 0;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => NativeMethods.tsl_set_anomaly_mode(enabledBefore ? 1 : 0, checkedBefore ? 1 : 0);
}
