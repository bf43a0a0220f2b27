namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A function with its own derivative. Derive from one of the two classes below.</summary>
        public abstract class Function<T> where T : Function<T>, new()
        {
            private static readonly T Instance = new();

            protected Function()
            {
            }

            public abstract string Name { get; }

            /// <summary>Runs forward without recording, and makes backward the history of its outputs.</summary>
            public static List<Tensor> apply_internal(params object[] vars) =>
                FunctionNode.Apply(Instance.Name, Instance.ForwardAll, Instance.BackwardAll, vars);

            internal abstract List<Tensor> ForwardAll(AutogradContext context, object[] vars);

            internal abstract List<Tensor> BackwardAll(AutogradContext context, List<Tensor> gradients);
        }

        /// <summary>A custom function with one output.</summary>
        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            protected SingleTensorFunction()
            {
            }

            public static Tensor apply(params object[] vars) => apply_internal(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>One gradient for each argument of forward; null for those that are no tensors or need none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> ForwardAll(AutogradContext context, object[] vars) => [forward(context, vars)];

            internal sealed override List<Tensor> BackwardAll(AutogradContext context, List<Tensor> gradients) =>
                backward(context, gradients[0]);
        }

        /// <summary>A custom function with several outputs.</summary>
        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            protected MultiTensorFunction()
            {
            }

            public static List<Tensor> apply(params object[] vars) => apply_internal(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            /// <summary>One gradient for each argument of forward; null for those that are no tensors or need none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> ForwardAll(AutogradContext context, object[] vars) => forward(context, vars);

            internal sealed override List<Tensor> BackwardAll(AutogradContext context, List<Tensor> gradients) =>
                backward(context, gradients);
        }
    }
}
