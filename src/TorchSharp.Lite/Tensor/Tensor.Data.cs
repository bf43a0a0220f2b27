using System.Numerics;
using System.Runtime.CompilerServices;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        private const string NotOnCpu = "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.";

        /// <summary>The memory of a contiguous tensor on the CPU. Valid while the tensor is.</summary>
        public Span<byte> bytes
        {
            get => new(ContiguousBytes(out var length), length);
            set
            {
                var memory = ContiguousBytes(out var length);
                if (value.Length != length) throw new ArgumentException($"{value.Length} bytes given for a tensor of {length}", nameof(value));
                value.CopyTo(new Span<byte>(memory, length));
            }
        }

        public static explicit operator float(Tensor value) => value.ToSingle();

        public static explicit operator double(Tensor value) => value.ToDouble();

        public static explicit operator sbyte(Tensor value) => value.ToSByte();

        public static explicit operator byte(Tensor value) => value.ToByte();

        public static explicit operator short(Tensor value) => value.ToInt16();

        public static explicit operator int(Tensor value) => value.ToInt32();

        public static explicit operator long(Tensor value) => value.ToInt64();

        public static explicit operator bool(Tensor value) => value.ToBoolean();

        /// <summary>The elements, copied to the CPU first where the tensor lives elsewhere. T must be the tensor's own type.</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            CheckType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The only element. T must be the tensor's own type.</summary>
        public T item<T>() where T : unmanaged
        {
            if (numel() != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            CheckType(typeof(T));
            if (device_type == DeviceType.CPU) return ReadFirst<T>();
            using var copy = cpu();
            return copy.ReadFirst<T>();
        }

        /// <summary>The only element, as the widest number of its kind.</summary>
        public Scalar ToScalar() => Op.Item.CallScalar(this);

        public T ReadCpuValue<T>(long i) where T : unmanaged
        {
            CheckType(typeof(T));
            return new TensorAccessor<T>(this)[i];
        }

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);

        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        public float ReadCpuFloat16(long i) => (float)ReadCpuValue<Half>(i);

        public float ReadCpuBFloat16(long i) => ReadCpuValue<BFloat16>(i).ToSingle();

        /// <summary>Writes the elements as bytes, in the order of memory; the tensor must be contiguous.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            var remaining = numel() * element_size();
            for (var memory = ContiguousMemory(); remaining > 0;)
            {
                var count = (int)Math.Min(remaining, Math.Max(bufferSize, 1));
                stream.Write(new ReadOnlySpan<byte>(memory, count));
                memory += count;
                remaining -= count;
            }
            GC.KeepAlive(this);
        }

        /// <summary>Fills the tensor with what <see cref="WriteBytesToStream"/> wrote.</summary>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            var remaining = numel() * element_size();
            for (var memory = ContiguousMemory(); remaining > 0;)
            {
                var count = (int)Math.Min(remaining, Math.Max(bufferSize, 1));
                stream.ReadExactly(new Span<byte>(memory, count));
                memory += count;
                remaining -= count;
            }
            GC.KeepAlive(this);
        }

        /// <summary>The address of the first element of a tensor on the CPU.</summary>
        internal void* DataPointer()
        {
            if (device_type != DeviceType.CPU) throw new InvalidOperationException(NotOnCpu);
            void* address;
            NativeMethods.Check(NativeMethods.tsl_tensor_data(Handle, &address));
            GC.KeepAlive(this);
            return address;
        }

        private T ReadFirst<T>() where T : unmanaged
        {
            var value = Unsafe.ReadUnaligned<T>(DataPointer());
            GC.KeepAlive(this);
            return value;
        }

        private byte* ContiguousMemory() => is_contiguous()
            ? (byte*)DataPointer()
            : throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");

        private byte* ContiguousBytes(out int length)
        {
            var memory = ContiguousMemory();
            var total = numel() * element_size();
            length = total <= int.MaxValue ? (int)total : throw new ArgumentException("Span only supports up to int.MaxValue elements.");
            return memory;
        }

        private void CheckType(Type type)
        {
            var own = dtype;
            if (!SupportsType(type) || ScalarTypeOf(type) != own) throw new ArgumentException($"{type.Name} is not compatible with {own}");
        }

        private static bool SupportsType(Type type) =>
            type == typeof(float) || type == typeof(double) || type == typeof(long) || type == typeof(int) || type == typeof(bool)
            || type == typeof(byte) || type == typeof(sbyte) || type == typeof(short) || type == typeof(Half) || type == typeof(BFloat16)
            || type == typeof((float, float)) || type == typeof(Complex);
    }
}

file static class Op
{
    public static readonly Operator Item = new("item");
}
