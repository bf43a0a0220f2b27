using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>The functions behind the modules.</summary>
        public static partial class functional
        {
            private static readonly Operator Relu = new("relu"), ReluInPlace = new("relu_");
            private static readonly Operator HyperbolicTangent = new("tanh"), HyperbolicTangentInPlace = new("tanh_");
            private static readonly Operator Logistic = new("sigmoid"), LogisticInPlace = new("sigmoid_");
            private static readonly Operator Silu = new("silu"), SiluInPlace = new("silu_");
            private static readonly Operator Gelu = new("gelu"), GeluInPlace = new("gelu_");
            private static readonly Operator LeakyRelu = new("leaky_relu"), LeakyReluInPlace = new("leaky_relu_");
            private static readonly Operator Elu = new("elu"), EluInPlace = new("elu_");
            private static readonly Operator HardTanh = new("hardtanh"), HardTanhInPlace = new("hardtanh_");
            private static readonly Operator SoftPlus = new("softplus");
            private static readonly Operator LogLogistic = new("log_sigmoid");
            private static readonly Operator Glu = new("glu");
            private static readonly Operator SoftMax = new("softmax.int");
            private static readonly Operator LogSoftMax = new("log_softmax.int");

            /// <summary>max(0, x).</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => Elementwise(Relu, ReluInPlace, inplace, x);

            /// <summary>tanh(x).</summary>
            public static Tensor tanh(Tensor x, bool inplace = false) =>
                Elementwise(HyperbolicTangent, HyperbolicTangentInPlace, inplace, x);

            /// <summary>1 / (1 + e⁻ˣ).</summary>
            public static Tensor sigmoid(Tensor x) => Logistic.Call(x);

            /// <summary>1 / (1 + e⁻ˣ).</summary>
            public static Tensor sigmoid(Tensor x, bool inplace) => Elementwise(Logistic, LogisticInPlace, inplace, x);

            /// <summary>x σ(x).</summary>
            public static Tensor silu(Tensor x, bool inplace = false) => Elementwise(Silu, SiluInPlace, inplace, x);

            /// <summary>x Φ(x), where Φ is the cumulative normal distribution.</summary>
            public static Tensor gelu(Tensor x) => Gelu.Call(x);

            /// <summary>x Φ(x), where Φ is the cumulative normal distribution.</summary>
            public static Tensor gelu(Tensor x, bool inplace) => Elementwise(Gelu, GeluInPlace, inplace, x);

            /// <summary>x Φ(x), where Φ is the cumulative normal distribution, exactly or by a hyperbolic tangent.</summary>
            public static Tensor gelu(Tensor x, GELU.Approximate approximate, bool inplace = false) =>
                Elementwise(Gelu, GeluInPlace, inplace, x, approximate == Modules.GELU.Approximate.tanh ? "tanh" : "none");

            /// <summary>x where positive, slope · x elsewhere.</summary>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                Elementwise(LeakyRelu, LeakyReluInPlace, inplace, input, negative_slope);

            /// <summary>x where positive, α (eˣ − 1) elsewhere.</summary>
            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => Elementwise(Elu, EluInPlace, inplace, x, alpha);

            /// <summary>x held between two values.</summary>
            public static Tensor hardtanh(Tensor x, double min_val = -1.0, double max_val = 1.0, bool inplace = false) =>
                Elementwise(HardTanh, HardTanhInPlace, inplace, x, min_val, max_val);

            /// <summary>log(1 + e^{βx}) / β, and x itself where βx is above the threshold.</summary>
            public static Tensor softplus(Tensor x, double beta = 1.0, double threshold = 20.0) => SoftPlus.Call(x, beta, threshold);

            /// <summary>log σ(x).</summary>
            public static Tensor logsigmoid(Tensor x) => LogLogistic.Call(x);

            /// <summary>The first half of an axis times σ of the second half.</summary>
            public static Tensor glu(Tensor input, long dim = -1) => Glu.Call(input, dim);

            /// <summary>eˣ over its sum along one axis.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => SoftMax.Call(input, dim, dtype);

            /// <summary>x − log Σ eˣ along one axis.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => LogSoftMax.Call(x, dim);

            /// <summary>Calls an operator, or its form that changes the first argument; the result is then a second handle of it.</summary>
            private static Tensor Elementwise(Operator anew, Operator inPlace, bool inplace, params ReadOnlySpan<Value> arguments)
            {
                if (!inplace) return anew.Call(arguments);
                inPlace.Run(arguments);
                return ((Tensor)arguments[0].Reference!).alias();
            }
        }
    }
}
