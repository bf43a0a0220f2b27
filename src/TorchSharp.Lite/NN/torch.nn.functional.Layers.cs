using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator Affine = new("linear");
            private static readonly Operator BilinearForm = new("bilinear");
            private static readonly Operator DropOut = new("dropout"), DropOutInPlace = new("dropout_");
            private static readonly Operator LayerNormalization = new("layer_norm");
            private static readonly Operator BatchNormalization = new("batch_norm");
            private static readonly Operator GroupNormalization = new("group_norm");
            private static readonly Operator Norm = new("norm.ScalarOpt_dim");
            private static readonly Operator AtLeast = new("clamp_min");
            private static readonly Operator Divide = new("div.Tensor");
            private static readonly Operator OneHot = new("one_hot");
            private static readonly Operator CosineSimilarity = new("cosine_similarity");
            private static readonly Operator Distance = new("pairwise_distance");
            private static readonly Operator Pad = new("pad");

            /// <summary>x Wᵀ + b: […, in] and W [out, in] → […, out].</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Affine.Call(input, weights, bias);

            /// <summary>xᵀ W y + b: […, in1], […, in2] and W [out, in1, in2] → […, out].</summary>
            public static Tensor bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias = null) =>
                BilinearForm.Call(input1, input2, weight, bias);

            /// <summary>In training, sets each element to zero with probability p and scales the rest by 1 / (1 − p).</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Elementwise(DropOut, DropOutInPlace, inplace, input, p, training);

            /// <summary>(x − mean) / √(variance + ε) · w + b over the last axes.</summary>
            public static Tensor layer_norm(
                Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                LayerNormalization.Call(input, normalized_shape, weight, bias, eps);

            /// <summary>(x − mean) / √(variance + ε) · w + b per channel: by the batch in training, else by running statistics.</summary>
            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false,
                double momentum = 0.1, double eps = 1e-05)
            {
                const bool cudnn = true;
                return BatchNormalization.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn);
            }

            /// <summary>(x − mean) / √(variance + ε) · w + b per group of channels.</summary>
            public static Tensor group_norm(
                Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                GroupNormalization.Call(input, num_groups, weight, bias, eps);

            /// <summary>x over its p-norm along one axis, or over ε where that is larger.</summary>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                using var norm = Norm.Call(input, p, dim, true); // […, 1, …]
                using var divisor = AtLeast.Call(norm, eps); // […, 1, …]
                return Divide.Call(input, divisor);
            }

            /// <summary>[…] of classes → […, classes] of zeros and ones.</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => OneHot.Call(x, num_classes);

            /// <summary>x y / (|x| |y|) along one axis.</summary>
            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8) =>
                CosineSimilarity.Call(x1, x2, dim, eps);

            /// <summary>The p-norm of x − y + ε along the last axis.</summary>
            public static Tensor pairwise_distance(
                Tensor input1, Tensor input2, double p = 2.0, double eps = 1e-6, bool keepdim = false) =>
                Distance.Call(input1, input2, p, eps, keepdim);

            /// <summary>Pads: two numbers for each axis, before and behind, the last axis first.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var byValue = mode is PaddingModes.Constant or PaddingModes.Zeros;
                return Pad.Call(input, pad, PadName(mode), byValue ? value : (double?)null);
            }

            /// <summary>Pads: two numbers for each axis, before and behind, the last axis first.</summary>
            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.ToArray(), mode, value);

            /// <summary>Pads the last axis before and behind.</summary>
            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            /// <summary>Pads the last axis and the one before it.</summary>
            public static Tensor pad(
                Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            private static string PadName(PaddingModes mode) => mode switch
            {
                PaddingModes.Reflect => "reflect",
                PaddingModes.Replicate => "replicate",
                PaddingModes.Circular => "circular",
                _ => "constant",
            };
        }
    }
}
