using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp.Interop;

/// <summary>
/// The functions of torchsharp_lite.cpp. A negative or null result of one that can fail means that <see cref="ThrowLastError"/> has the
/// reason. The calls without a GC transition are those that only read a field of the tensor.
/// </summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = NativeLibraryResolver.Name;

    /// <summary>Throws libtorch's last error on this thread, or the exception of the C# callback that caused it.</summary>
    [DoesNotReturn]
    public static void ThrowLastError()
    {
        var token = tsl_take_managed_exception();
        if (token != 0)
        {
            var owner = GCHandle.FromIntPtr((nint)token);
            var exception = (Exception)owner.Target!;
            owner.Free();
            ExceptionDispatchInfo.Throw(exception);
        }
        throw new ExternalException(Marshal.PtrToStringUTF8(tsl_last_error()));
    }

    /// <summary>Throws the last error when a call failed.</summary>
    public static int Check(int status)
    {
        if (status < 0) ThrowLastError();
        return status;
    }

    /// <inheritdoc cref="Check(int)"/>
    public static long Check(long status)
    {
        if (status < 0) ThrowLastError();
        return status;
    }

    [LibraryImport(Library)] private static partial nint tsl_last_error();
    [LibraryImport(Library)] private static partial long tsl_take_managed_exception();
    [LibraryImport(Library)] public static partial nint tsl_libtorch_version();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint tsl_operator_find(
        string name, string overload);
    [LibraryImport(Library)]
    public static partial int tsl_operator_call(
        nint op, NativeValue* arguments, int count, NativeValue* results, int capacity);
    [LibraryImport(Library)] public static partial void tsl_free_list(void* list);

    [LibraryImport(Library)] public static partial void tsl_tensor_free(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] public static partial nint tsl_tensor_share(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] public static partial long tsl_tensor_dim(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] public static partial long tsl_tensor_numel(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] public static partial int tsl_tensor_sizes(nint tensor, long* into, int capacity);
    [LibraryImport(Library), SuppressGCTransition] public static partial int tsl_tensor_strides(nint tensor, long* into, int capacity);
    [LibraryImport(Library), SuppressGCTransition] public static partial int tsl_tensor_dtype(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] public static partial int tsl_tensor_device_type(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] public static partial int tsl_tensor_device_index(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] public static partial long tsl_tensor_element_size(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] public static partial long tsl_tensor_storage_offset(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] public static partial int tsl_tensor_is_contiguous(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] public static partial int tsl_tensor_is_sparse(nint tensor);
    [LibraryImport(Library)] public static partial int tsl_tensor_data(nint tensor, void** into);
    [LibraryImport(Library)]
    public static partial nint tsl_tensor_from_blob(
        void* data, long* sizes, int dimensions, int dtype, delegate* unmanaged<nint, void> release, nint context);

    [LibraryImport(Library), SuppressGCTransition] public static partial int tsl_tensor_requires_grad(nint tensor);
    [LibraryImport(Library)] public static partial int tsl_tensor_set_requires_grad(nint tensor, int value);
    [LibraryImport(Library)] public static partial int tsl_tensor_is_leaf(nint tensor);
    [LibraryImport(Library)] public static partial int tsl_tensor_retain_grad(nint tensor);
    [LibraryImport(Library)] public static partial int tsl_tensor_grad(nint tensor, nint* gradient);
    [LibraryImport(Library)] public static partial int tsl_tensor_set_grad(nint tensor, nint gradient);
    [LibraryImport(Library)]
    public static partial int tsl_backward(
        nint* tensors, int count, nint* gradients, int gradientCount, int retainGraph, int createGraph, nint* inputs, int inputCount);
    [LibraryImport(Library)]
    public static partial int tsl_grad(
        nint* outputs, int count, nint* inputs, int inputCount, nint* gradients, int gradientCount, int retainGraph, int createGraph,
        int allowUnused, nint* results);
    [LibraryImport(Library), SuppressGCTransition] public static partial int tsl_grad_mode();
    [LibraryImport(Library), SuppressGCTransition] public static partial void tsl_set_grad_mode(int enabled);
    [LibraryImport(Library), SuppressGCTransition] public static partial int tsl_inference_mode();
    [LibraryImport(Library)] public static partial nint tsl_inference_mode_enter(int enabled);
    [LibraryImport(Library)] public static partial void tsl_inference_mode_leave(nint guard);
    [LibraryImport(Library)] public static partial int tsl_anomaly_mode();
    [LibraryImport(Library)] public static partial int tsl_anomaly_mode_checks_nan();
    [LibraryImport(Library)] public static partial void tsl_set_anomaly_mode(int enabled, int checkNan);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint tsl_node_new(
        NodeCallbacks callbacks, long state, string name, nint* inputs, int count);
    [LibraryImport(Library)] public static partial void tsl_node_free(nint node);
    [LibraryImport(Library)]
    public static partial int tsl_node_set_history(
        nint node, nint* inputs, int inputCount, nint* outputs, int outputCount, nint* dirty, int dirtyCount, nint* constant,
        int constantCount);
    [LibraryImport(Library)] public static partial int tsl_node_save(nint node, nint* tensors, int count, int materialize);
    [LibraryImport(Library)] public static partial int tsl_node_saved(nint address, nint* into, int capacity);
    [LibraryImport(Library)] public static partial nint tsl_node_address(nint node);

    [LibraryImport(Library)] public static partial int tsl_manual_seed(long seed);
    [LibraryImport(Library)] public static partial nint tsl_generator_default(int deviceType, int deviceIndex);
    [LibraryImport(Library)] public static partial nint tsl_generator_new(long seed, int deviceType, int deviceIndex);
    [LibraryImport(Library)] public static partial void tsl_generator_free(nint generator);
    [LibraryImport(Library)] public static partial int tsl_generator_set_seed(nint generator, long seed);
    [LibraryImport(Library)] public static partial long tsl_generator_seed(nint generator);
    [LibraryImport(Library)] public static partial nint tsl_generator_state(nint generator);
    [LibraryImport(Library)] public static partial int tsl_generator_set_state(nint generator, nint state);

    [LibraryImport(Library)] public static partial int tsl_threads();
    [LibraryImport(Library)] public static partial int tsl_set_threads(int count);
    [LibraryImport(Library)] public static partial int tsl_interop_threads();
    [LibraryImport(Library)] public static partial int tsl_set_interop_threads(int count);
    [LibraryImport(Library)] public static partial int tsl_cuda_is_available();
    [LibraryImport(Library)] public static partial int tsl_cudnn_is_available();
    [LibraryImport(Library)] public static partial int tsl_cuda_device_count();
    [LibraryImport(Library)] public static partial int tsl_cuda_synchronize(int deviceIndex);
    [LibraryImport(Library)] public static partial int tsl_cuda_manual_seed(long seed, int allDevices);
    [LibraryImport(Library)] public static partial int tsl_allow_tf32_matmul();
    [LibraryImport(Library)] public static partial int tsl_set_allow_tf32_matmul(int allow);
    [LibraryImport(Library)] public static partial int tsl_allow_tf32_cudnn();
    [LibraryImport(Library)] public static partial int tsl_set_allow_tf32_cudnn(int allow);
}

/// <summary>What C# gives a custom autograd node: how to go backward, and how to let go of the state.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NodeCallbacks
{
    public delegate* unmanaged<long, nint*, int, nint*, int, nint*, long> Backward;
    public delegate* unmanaged<long, void> ReleaseState;
}
