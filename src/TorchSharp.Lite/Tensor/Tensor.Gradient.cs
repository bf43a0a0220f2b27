using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public bool requires_grad
        {
            get
            {
                var value = NativeMethods.tsl_tensor_requires_grad(Handle);
                GC.KeepAlive(this);
                return NativeMethods.Check(value) != 0;
            }
            set
            {
                NativeMethods.Check(NativeMethods.tsl_tensor_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public bool is_leaf
        {
            get
            {
                var value = NativeMethods.tsl_tensor_is_leaf(Handle);
                GC.KeepAlive(this);
                return NativeMethods.Check(value) != 0;
            }
        }

        /// <summary>The gradient that backward added up, or null. Each read is a new tensor object over the same memory.</summary>
        public Tensor? grad
        {
            get
            {
                nint gradient;
                NativeMethods.Check(NativeMethods.tsl_tensor_grad(Handle, &gradient));
                GC.KeepAlive(this);
                return gradient == 0 ? null : new Tensor(gradient);
            }
            set
            {
                NativeMethods.Check(NativeMethods.tsl_tensor_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad()
        {
            NativeMethods.Check(NativeMethods.tsl_tensor_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        public void backward() => autograd.Backward([this], null, retainGraph: -1, createGraph: false, null);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => Op.Detach.Call(this);

        public Tensor detach_()
        {
            Op.Detach_.Run(this);
            return this;
        }
    }
}

file static class Op
{
    public static readonly Operator Detach = new("detach");
    public static readonly Operator Detach_ = new("detach_");
}
