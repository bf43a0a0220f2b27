using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        /// <summary>What the forward pass of a custom function keeps for its backward pass.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object?> data = [];

            internal AutogradContext()
            {
            }

            /// <summary>Whether undefined gradients arrive as zeros; they do unless told otherwise.</summary>
            public bool MaterializeGrads { get; private set; } = true;

            internal List<Tensor> ToSave { get; private set; } = [];

            internal List<Tensor> Dirty { get; private set; } = [];

            internal List<Tensor> Constant { get; private set; } = [];

            /// <summary>The native node, while there is one.</summary>
            internal nint Node { get; set; }

            /// <summary>Keeps inputs and outputs; a change in place before backward is noticed.</summary>
            public void save_for_backward(List<Tensor> tensors) => ToSave = tensors;

            public void save_data(string key, object value) => data[key] = value;

            /// <summary>Names inputs that forward changed in place.</summary>
            public void mark_dirty(List<Tensor> tensors) => Dirty = [.. tensors];

            /// <summary>Names outputs that have no gradient.</summary>
            public void mark_non_differentiable(List<Tensor> tensors) => Constant = [.. tensors];

            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            public object? get_data(string key) => data.GetValueOrDefault(key);

            public List<Tensor> get_saved_variables()
            {
                if (Node == 0) return [];
                var handles = new nint[ToSave.Count];
                fixed (nint* into = handles) NativeMethods.Check(NativeMethods.tsl_node_saved(Node, into, handles.Length));
                return [.. handles.Select(static handle => handle == 0 ? null! : new Tensor(handle))];
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing) => data.Clear();
        }
    }
}
