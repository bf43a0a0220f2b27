using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator Convolve1 = new("conv1d"), Convolve1Padded = new("conv1d.padding");
            private static readonly Operator Convolve2 = new("conv2d"), Convolve2Padded = new("conv2d.padding");
            private static readonly Operator MaxPool1 = new("max_pool1d"), MaxPool1Where = new("max_pool1d_with_indices");
            private static readonly Operator MaxPool2 = new("max_pool2d");
            private static readonly Operator MeanPool1 = new("avg_pool1d"), MeanPool2 = new("avg_pool2d");
            private static readonly Operator AdaptiveMeanPool1 = new("adaptive_avg_pool1d");
            private static readonly Operator AdaptiveMeanPool2 = new("adaptive_avg_pool2d");

            /// <summary>[batch, in, time] and kernels [out, in / groups, width] → [batch, out, time′].</summary>
            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null,
                long groups = 1) =>
                Convolve1.Call(input, weight, bias, stride ?? 1, padding ?? 0, dilation ?? 1, groups);

            /// <summary>[batch, in, time] and kernels [out, in / groups, width] → [batch, out, time′].</summary>
            public static Tensor conv1d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, Padding padding = Padding.Valid,
                long? dilation = null, long groups = 1) =>
                Convolve1Padded.Call(input, weight, bias, stride ?? 1, Name(padding), dilation ?? 1, groups);

            /// <summary>[batch, in, height, width] and kernels [out, in / groups, …] → [batch, out, height′, width′].</summary>
            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                long groups = 1) =>
                Convolve2.Call(input, weight, bias, strides ?? [1], padding ?? [0], dilation ?? [1], groups);

            /// <summary>[batch, in, height, width] and kernels [out, in / groups, …] → [batch, out, height′, width′].</summary>
            public static Tensor conv2d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid,
                long[]? dilation = null, long groups = 1) =>
                Convolve2Padded.Call(input, weight, bias, strides ?? [1], Name(padding), dilation ?? [1], groups);

            /// <summary>The largest element of each window: [batch, channels, time] → [batch, channels, time′].</summary>
            public static Tensor max_pool1d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                MaxPool1.Call(input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode);

            /// <summary>The largest element of each window and where it was.</summary>
            public static (Tensor output, Tensor indices) max_pool1d_with_indices(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                MaxPool1Where.Call2(input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode);

            /// <summary>The largest element of each window: [batch, channels, height, width] → […, height′, width′].</summary>
            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) =>
                MaxPool2.Call(input, kernel_size, strides ?? kernel_size, padding ?? [0], dilation ?? [1], ceil_mode);

            /// <summary>The largest element of each square window.</summary>
            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                MaxPool2.Call(input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode);

            /// <summary>The mean of each window: [batch, channels, time] → [batch, channels, time′].</summary>
            public static Tensor avg_pool1d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false,
                bool count_include_pad = true) =>
                MeanPool1.Call(input, kernel_size, stride ?? kernel_size, padding ?? 0, ceil_mode, count_include_pad);

            /// <summary>The mean of each window: [batch, channels, height, width] → [batch, channels, height′, width′].</summary>
            public static Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                MeanPool2.Call(
                    input, kernel_size, stride ?? kernel_size, padding ?? [0], ceil_mode, count_include_pad, divisor_override);

            /// <summary>The mean of each square window.</summary>
            public static Tensor avg_pool2d(
                Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                MeanPool2.Call(input, kernel_size, stride ?? kernel_size, padding, ceil_mode, count_include_pad, divisor_override);

            /// <summary>Means: [batch, channels, time] → [batch, channels, output_size].</summary>
            public static Tensor adaptive_avg_pool1d(Tensor input, long output_size) => AdaptiveMeanPool1.Call(input, output_size);

            /// <summary>Means: [batch, channels, height, width] → [batch, channels, output_size].</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => AdaptiveMeanPool2.Call(input, output_size);

            /// <summary>Means: [batch, channels, height, width] → [batch, channels, output_size, output_size].</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => AdaptiveMeanPool2.Call(input, output_size);

            private static string Name(Padding padding) => padding == Padding.Same ? "same" : "valid";
        }
    }
}
