using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        // Ranks beyond this take a second call.
        private const int UsualRank = 8;

        public long Dimensions
        {
            get
            {
                var value = NativeMethods.tsl_tensor_dim(Handle);
                GC.KeepAlive(this);
                return NativeMethods.Check(value);
            }
        }

        public long ndim => Dimensions;

        public long NumberOfElements
        {
            get
            {
                var value = NativeMethods.tsl_tensor_numel(Handle);
                GC.KeepAlive(this);
                return NativeMethods.Check(value);
            }
        }

        /// <summary>Bytes.</summary>
        public long ElementSize
        {
            get
            {
                var value = NativeMethods.tsl_tensor_element_size(Handle);
                GC.KeepAlive(this);
                return NativeMethods.Check(value);
            }
        }

        public ScalarType dtype
        {
            get
            {
                var value = NativeMethods.tsl_tensor_dtype(Handle);
                GC.KeepAlive(this);
                return (ScalarType)NativeMethods.Check(value);
            }
        }

        public DeviceType device_type
        {
            get
            {
                var value = NativeMethods.tsl_tensor_device_type(Handle);
                GC.KeepAlive(this);
                return (DeviceType)NativeMethods.Check(value);
            }
        }

        /// <summary>-1 on the CPU.</summary>
        public int device_index
        {
            get
            {
                var value = NativeMethods.tsl_tensor_device_index(Handle);
                GC.KeepAlive(this);
                return value;
            }
        }

        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);

        public long[] shape => size();

        public bool is_sparse
        {
            get
            {
                var value = NativeMethods.tsl_tensor_is_sparse(Handle);
                GC.KeepAlive(this);
                return NativeMethods.Check(value) != 0;
            }
        }

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public long dim() => Dimensions;

        public long numel() => NumberOfElements;

        public long element_size() => ElementSize;

        public long[] size() => Extents(&NativeMethods.tsl_tensor_sizes);

        public long[] stride() => Extents(&NativeMethods.tsl_tensor_strides);

        /// <summary>The extent of one dimension; negative ones count from the last.</summary>
        public long size(int dim) => Extent(&NativeMethods.tsl_tensor_sizes, dim);

        public long stride(int dim) => Extent(&NativeMethods.tsl_tensor_strides, dim);

        public long storage_offset()
        {
            var value = NativeMethods.tsl_tensor_storage_offset(Handle);
            GC.KeepAlive(this);
            return NativeMethods.Check(value);
        }

        public bool is_contiguous()
        {
            var value = NativeMethods.tsl_tensor_is_contiguous(Handle);
            GC.KeepAlive(this);
            return NativeMethods.Check(value) != 0;
        }

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_quantized() => torch.is_quantized(dtype);

        public bool is_pinned() => Op.IsPinned.CallBoolean(this);

        /// <summary>Whether the only element differs from zero.</summary>
        public bool is_nonzero() => numel() == 1
            ? Op.IsNonzero.CallBoolean(this)
            : throw new InvalidOperationException("is_nonzero() called on non-singleton tensor");

        private long[] Extents(delegate*<nint, long*, int, int> read)
        {
            var buffer = stackalloc long[UsualRank];
            var rank = NativeMethods.Check(read(Handle, buffer, UsualRank));
            var extents = new long[rank];
            if (rank <= UsualRank)
            {
                new ReadOnlySpan<long>(buffer, rank).CopyTo(extents);
            }
            else
            {
                fixed (long* into = extents) NativeMethods.Check(read(Handle, into, rank));
            }
            GC.KeepAlive(this);
            return extents;
        }

        private long Extent(delegate*<nint, long*, int, int> read, int dim)
        {
            var extents = Extents(read);
            var position = dim < 0 ? dim + extents.Length : dim;
            if ((uint)position >= (uint)extents.Length)
            {
                throw new System.Runtime.InteropServices.ExternalException(
                    $"Dimension out of range (expected to be in range of [{-extents.Length}, {extents.Length - 1}], but got {dim})");
            }
            return extents[position];
        }
    }
}

file static class Op
{
    public static readonly Operator IsPinned = new("is_pinned");
    public static readonly Operator IsNonzero = new("is_nonzero");
}
