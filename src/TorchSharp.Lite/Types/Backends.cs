using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of the libtorch in use.</summary>
    public static string __version__ => Marshal.PtrToStringUTF8(NativeMethods.tsl_libtorch_version())!;

    /// <summary>Threads within one operator.</summary>
    public static int get_num_threads() => NativeMethods.tsl_threads();

    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.tsl_set_threads(num));

    /// <summary>Threads that run operators side by side.</summary>
    public static int get_num_interop_threads() => NativeMethods.tsl_interop_threads();

    /// <summary>Must come before the first parallel work, and only once.</summary>
    public static void set_num_interop_threads(int num) => NativeMethods.Check(NativeMethods.tsl_set_interop_threads(num));

    /// <summary>Settings of the libraries below libtorch.</summary>
    public static partial class backends
    {
        public static partial class cuda
        {
            public static partial class matmul
            {
                /// <summary>Whether float32 matrix products may use TF32, with 10 bits of mantissa.</summary>
                public static bool allow_tf32
                {
                    get => NativeMethods.Check(NativeMethods.tsl_allow_tf32_matmul()) != 0;
                    set => NativeMethods.Check(NativeMethods.tsl_set_allow_tf32_matmul(value ? 1 : 0));
                }
            }
        }

        public static partial class cudnn
        {
            /// <summary>Whether cuDNN, and so recurrent layers, may use TF32.</summary>
            public static bool allow_tf32
            {
                get => NativeMethods.Check(NativeMethods.tsl_allow_tf32_cudnn()) != 0;
                set => NativeMethods.Check(NativeMethods.tsl_set_allow_tf32_cudnn(value ? 1 : 0));
            }
        }
    }
}
