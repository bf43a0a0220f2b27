using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        /// <summary>
        /// The managed end of a custom function's node in the graph. libtorch holds it by a GC handle and calls it back, on the thread that
        /// called backward for the CPU and on threads of its own for CUDA.
        /// </summary>
        private sealed class FunctionNode
        {
            [ThreadStatic] private static nint lastMessage;

            private readonly string name;
            private readonly Func<AutogradContext, List<Tensor>, List<Tensor>> backward;
            private readonly AutogradContext context;
            private readonly bool[] isTensor;

            private FunctionNode(
                string name, Func<AutogradContext, List<Tensor>, List<Tensor>> backward, AutogradContext context, object[] vars)
            {
                this.name = name;
                this.backward = backward;
                this.context = context;
                isTensor = Array.ConvertAll(vars, IsTensor);
            }

            public static List<Tensor> Apply(
                string name, Func<AutogradContext, object[], List<Tensor>> forward,
                Func<AutogradContext, List<Tensor>, List<Tensor>> backward, object[] vars)
            {
                var inputs = vars.Where(IsTensor).Cast<Tensor>().ToList();
                var recorded = is_grad_enabled() && inputs.Exists(static input => input.requires_grad);
                var context = new AutogradContext();
                List<Tensor> outputs;
                using (no_grad()) outputs = forward(context, vars);
                return recorded ? new FunctionNode(name, backward, context, vars).Record(inputs, outputs) : outputs;
            }

            private static bool IsTensor(object value) => value is Tensor { IsInvalid: false };

            private List<Tensor> Record(List<Tensor> inputs, List<Tensor> outputs)
            {
                nint[] input = Handles(inputs), output = Handles(outputs), dirty = Handles(context.Dirty);
                nint[] constant = Handles(context.Constant), saved = Handles(context.ToSave);
                var callbacks = new NodeCallbacks { Backward = &RunBackward, ReleaseState = &Release };
                fixed (nint* i = input, o = output, d = dirty, c = constant, s = saved)
                {
                    var owner = GCHandle.Alloc(this);
                    var node = NativeMethods.tsl_node_new(callbacks, GCHandle.ToIntPtr(owner), name, i, input.Length);
                    if (node == 0)
                    {
                        owner.Free();
                        NativeMethods.ThrowLastError();
                    }
                    try
                    {
                        NativeMethods.Check(NativeMethods.tsl_node_set_history(
                            node, i, input.Length, o, output.Length, d, dirty.Length, c, constant.Length));
                        NativeMethods.Check(NativeMethods.tsl_node_save(node, s, saved.Length, context.MaterializeGrads ? 1 : 0));
                        context.Node = NativeMethods.tsl_node_address(node);
                    }
                    finally
                    {
                        NativeMethods.tsl_node_free(node);
                    }
                }
                GC.KeepAlive(inputs);
                GC.KeepAlive(context);
                // A handle that native code replaced is an alias of an input that forward returned as it was.
                return [.. outputs.Select((tensor, index) => tensor is null || tensor.Handle == output[index] ? tensor! : new Tensor(output[index]))];
            }

            [UnmanagedCallersOnly]
            private static long RunBackward(long state, nint* gradients, int count, nint* results, int capacity, nint* message)
            {
                try
                {
                    var node = (FunctionNode)GCHandle.FromIntPtr((nint)state).Target!;
                    node.RunBackward(new ReadOnlySpan<nint>(gradients, count), new Span<nint>(results, capacity));
                    return 0;
                }
                catch (Exception e)
                {
                    Marshal.FreeCoTaskMem(lastMessage);
                    *message = lastMessage = Marshal.StringToCoTaskMemUTF8(e.Message);
                    return GCHandle.ToIntPtr(GCHandle.Alloc(e));
                }
            }

            [UnmanagedCallersOnly]
            private static void Release(long state)
            {
                var owner = GCHandle.FromIntPtr((nint)state);
                ((FunctionNode)owner.Target!).context.Node = 0;
                owner.Free();
            }

            private void RunBackward(ReadOnlySpan<nint> gradients, Span<nint> results)
            {
                // A thread of libtorch has no scope of the caller's, so it gets one of its own.
                using var scope = OnCallingThread ? null : NewDisposeScope();
                var given = new List<Tensor>(gradients.Length);
                foreach (var gradient in gradients) given.Add(gradient == 0 ? null! : new Tensor(NativeMethods.tsl_tensor_share(gradient)));
                var found = backward(context, given);
                if (found.Count < isTensor.Length || found.Skip(isTensor.Length).Any(static extra => extra is { IsInvalid: false }))
                    throw new InvalidOperationException($"{name} returned {found.Count} gradients for {isTensor.Length} arguments");
                var next = 0;
                for (var i = 0; i < isTensor.Length; i++)
                {
                    var gradient = found[i] is { IsInvalid: false } valid ? valid : null;
                    if (!isTensor[i] && gradient is not null)
                        throw new InvalidOperationException($"{name} returned a gradient for argument {i + 1}, which is not a tensor");
                    if (isTensor[i]) results[next++] = gradient is null ? 0 : NativeMethods.tsl_tensor_share(gradient.Handle);
                }
                GC.KeepAlive(found);
            }
        }
    }
}
