using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initial values: every function fills the tensor it is given and returns it.</summary>
        public static class init
        {
            private static readonly Operator Uniform = new("uniform_");
            private static readonly Operator Normal = new("normal_");
            private static readonly Operator Fill = new("fill_.Scalar");
            private static readonly Operator Eye = new("eye.m_out");
            private static readonly Operator InverseErrorFunction = new("erfinv_");
            private static readonly Operator Scale = new("mul_.Scalar");
            private static readonly Operator Shift = new("add_.Scalar");
            private static readonly Operator Clamp = new("clamp_");
            private static readonly Operator Decompose = new("linalg_qr");

            /// <summary>What follows the weights, for <see cref="calculate_gain"/>.</summary>
            public enum NonlinearityType
            {
                /// <summary>Nothing.</summary>
                Linear = 0,

                /// <summary>A convolution.</summary>
                Conv1D = 1,

                /// <summary>A convolution.</summary>
                Conv2D = 2,

                /// <summary>A convolution.</summary>
                Conv3D = 3,

                /// <summary>A transposed convolution.</summary>
                ConvTranspose1D = 4,

                /// <summary>A transposed convolution.</summary>
                ConvTranspose2D = 5,

                /// <summary>A transposed convolution.</summary>
                ConvTranspose3D = 6,

                /// <summary>σ.</summary>
                Sigmoid = 7,

                /// <summary>tanh.</summary>
                Tanh = 8,

                /// <summary>max(0, ·).</summary>
                ReLU = 9,

                /// <summary>A line of another slope below zero.</summary>
                LeakyReLU = 10,
            }

            /// <summary>Which side of the weights keeps its variance.</summary>
            public enum FanInOut
            {
                /// <summary>What comes out, in the forward pass.</summary>
                FanIn = 0,

                /// <summary>The gradient, in the backward pass.</summary>
                FanOut = 1,
            }

            /// <summary>The factor that makes up for what a nonlinearity takes from the standard deviation.</summary>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + param * param)),
                _ => 1,
            };

            /// <summary>Zeros.</summary>
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            /// <summary>Ones.</summary>
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            /// <summary>One value.</summary>
            public static Tensor constant_(Tensor tensor, Scalar val) => Run(Fill, tensor, val);

            /// <summary>Ones on the diagonal of a matrix, zeros elsewhere.</summary>
            /// <exception cref="ArgumentException">The tensor is no matrix.</exception>
            public static Tensor eye_(Tensor tensor)
            {
                if (tensor.shape is not [var rows, var columns])
                    throw new ArgumentException("Only tensors with 2 dimensions are supported", nameof(tensor));
                using var frozen = no_grad();
                Eye.Run(rows, columns, tensor);
                return tensor;
            }

            /// <summary>Uniform from low to high.</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Run(Uniform, tensor, low, high, generator);

            /// <summary>Normal.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Run(Normal, tensor, mean, std, generator);

            /// <summary>
            /// Normal, given that the value lies from a to b: μ + σ √2 erf⁻¹(u), where u is uniform between the images of the bounds.
            /// </summary>
            public static Tensor trunc_normal_(
                Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0, Generator? generator = null)
            {
                uniform_(tensor, 2 * Cumulative((a - mean) / std) - 1, 2 * Cumulative((b - mean) / std) - 1, generator);
                Run(InverseErrorFunction, tensor);
                Run(Scale, tensor, std * Math.Sqrt(2));
                Run(Shift, tensor, mean);
                return Run(Clamp, tensor, a, b);
            }

            /// <summary>
            /// A matrix of orthonormal rows or columns, whichever are fewer, times a gain (Saxe, McClelland and Ganguli, 2014). Axes after
            /// the first count as one.
            /// </summary>
            /// <exception cref="ArgumentException">The tensor has fewer than two axes.</exception>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0)
            {
                if (tensor.dim() < 2) throw new ArgumentException("Only tensors with 2 or more dimensions are supported", nameof(tensor));
                if (tensor.numel() == 0) return tensor;
                var rows = tensor.shape[0];
                var columns = tensor.numel() / rows;
                using var frozen = no_grad();
                using var scope = NewDisposeScope();
                var random = randn([Math.Max(rows, columns), Math.Min(rows, columns)], dtype: tensor.dtype, device: tensor.device);
                var (q, r) = Decompose.Call2(random); // [more, fewer], [fewer, fewer]
                q.mul_(r.diagonal().sign()); // [more, fewer], the same for every way of decomposing
                using var oriented = rows < columns ? q.t() : q; // [rows, columns]
                tensor.copy_(oriented.reshape(tensor.shape));
                return Run(Scale, tensor, gain);
            }

            /// <summary>Uniform in ±√3 · gain / √fan (He et al., 2015).</summary>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal of standard deviation gain / √fan (He et al., 2015).</summary>
            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            /// <summary>Uniform in ±gain · √(6 / (fan in + fan out)) (Glorot and Bengio, 2010).</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var bound = Math.Sqrt(3) * XavierDeviation(tensor, gain);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal of standard deviation gain · √(2 / (fan in + fan out)) (Glorot and Bengio, 2010).</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) => normal_(tensor, 0, XavierDeviation(tensor, gain));

            /// <summary><see cref="xavier_uniform_"/> by its other name.</summary>
            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1.0) => xavier_uniform_(tensor, gain);

            /// <summary><see cref="xavier_normal_"/> by its other name.</summary>
            public static Tensor glorot_normal_(Tensor tensor, double gain = 1.0) => xavier_normal_(tensor, gain);

            /// <summary>How many values go into, and out of, each unit of weights [out, in, kernel…].</summary>
            /// <exception cref="ArgumentException">The tensor has fewer than two axes.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                    throw new ArgumentException("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
                var kernel = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
                return (shape[1] * kernel, shape[0] * kernel);
            }

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static double XavierDeviation(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }

            /// <summary>The share of a standard normal distribution below x.</summary>
            private static double Cumulative(double x)
            {
                using var scope = NewDisposeScope();
                return (1 + tensor(x / Math.Sqrt(2), dtype: ScalarType.Float64).erf().item<double>()) / 2;
            }

            private static Tensor Run(Operator inPlace, Tensor tensor, params ReadOnlySpan<Value> rest)
            {
                using var frozen = no_grad();
                inPlace.Run([tensor, .. rest]);
                return tensor;
            }
        }
    }
}
