using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What is done to all parameters of a model at once.</summary>
        public static partial class utils
        {
            private static readonly Operator Norms = new("_foreach_norm.Scalar");
            private static readonly Operator Norm = new("linalg_vector_norm");
            private static readonly Operator Scale = new("_foreach_mul_.Scalar");
            private static readonly Operator Clamp = new("clamp_");

            /// <summary>
            /// Scales all gradients by max_norm / norm where the norm of all gradients together is larger than max_norm; where the norm is
            /// not a number, neither are the gradients afterwards. Waits for the device once.
            /// </summary>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var frozen = no_grad();
                using var scope = NewDisposeScope();
                var gradients = Gradients(tensors);
                if (gradients.Length == 0) return 0;
                var norms = stack(Norms.CallList(gradients, norm_type)); // [parameters]
                var total = Norm.Call(norms, norm_type).to(ScalarType.Float64).item<double>();
                var factor = max_norm / (total + 1e-6);
                if (!(factor >= 1)) Scale.Run(gradients, factor);
                return total;
            }

            /// <summary>Holds every element of every gradient between −clip_value and clip_value.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var frozen = no_grad();
                using var scope = NewDisposeScope();
                foreach (var gradient in Gradients(tensors)) Clamp.Run(gradient, -clip_value, clip_value);
            }

            /// <summary>All parameters in a row, [elements].</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat([.. tensors.Select(parameter => parameter.reshape(-1))]).MoveToOuterDisposeScope(); // [elements]
            }

            /// <summary>The reverse of <see cref="parameters_to_vector"/>: fills the parameters from [elements].</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var frozen = no_grad();
                using var scope = NewDisposeScope();
                var from = 0L;
                foreach (var parameter in tensors)
                {
                    var count = parameter.numel();
                    parameter.copy_(vec.narrow(0, from, count).view_as(parameter));
                    from += count;
                }
            }

            private static Tensor[] Gradients(IEnumerable<Parameter> parameters) =>
                [.. parameters.Select(parameter => parameter.grad).OfType<Tensor>()];
        }
    }
}
