using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The real parts, as a view; of a complex tensor.</summary>
        public Tensor real => Op.Real.Call(this);

        /// <summary>The imaginary parts, as a view; of a complex tensor.</summary>
        public Tensor imag => Op.Imag.Call(this);

        /// <summary>All dimensions reversed.</summary>
        public Tensor T => Op.NumpyT.Call(this);

        /// <summary>The last two dimensions swapped.</summary>
        public Tensor mT => Op.MT.Call(this);

        public Tensor cpu() => to(DeviceType.CPU);

        /// <summary>On the given CUDA device, or the current one.</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false)
        {
            if (device is not null && device.type != DeviceType.CUDA) throw new ArgumentException("Not a CUDA device.", nameof(device));
            return to(DeviceType.CUDA, device?.index ?? -1, non_blocking: non_blocking);
        }

        /// <summary>A copy in page-locked memory, from which copies to CUDA run beside other work.</summary>
        public Tensor pin_memory() => Op.PinMemory.Call(this);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Move(dtype, device, copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Move(type, device, copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            var result = Op.ToDtype.Call(this, type, non_blocking, copy);
            if (disposeAfter) Dispose();
            return result;
        }

        public Tensor type(ScalarType dtype) => to_type(dtype);

        public Tensor type(Func<Tensor, Tensor> typeFunc) => typeFunc(this);

        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        public Tensor @bool() => to_type(ScalarType.Bool);

        public Tensor @byte() => to_type(ScalarType.Byte);

        public Tensor @char() => to_type(ScalarType.Int8);

        public Tensor @short() => to_type(ScalarType.Int16);

        public Tensor @int() => to_type(ScalarType.Int32);

        public Tensor @long() => to_type(ScalarType.Int64);

        public Tensor half() => to_type(ScalarType.Float16);

        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        public Tensor @float() => to_type(ScalarType.Float32);

        public Tensor @double() => to_type(ScalarType.Float64);

        public Tensor cfloat() => to_type(ScalarType.ComplexFloat32);

        public Tensor cdouble() => to_type(ScalarType.ComplexFloat64);

        private Tensor Move(ScalarType type, Device device, bool copy, bool disposeAfter, bool nonBlocking)
        {
            var result = Op.ToDevice.Call(this, InitializeDevice(device), type, nonBlocking, copy);
            if (disposeAfter) Dispose();
            return result;
        }
    }
}

file static class Op
{
    public static readonly Operator Real = new("real");
    public static readonly Operator Imag = new("imag");
    public static readonly Operator NumpyT = new("numpy_T");
    public static readonly Operator MT = new("mT");
    public static readonly Operator PinMemory = new("pin_memory");
    public static readonly Operator ToDtype = new("to.dtype");
    public static readonly Operator ToDevice = new("to.device");
}
