using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Moves parameters and buffers to a device and converts those that are floating point.</summary>
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                CheckFloating(dtype);
                CheckAvailable(device.type);
                _toEpilog(dtype, device, non_blocking);
                return this;
            }

            /// <summary>Moves parameters and buffers to a device.</summary>
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                CheckAvailable(deviceType);
                _toEpilog(null, new Device(deviceType, deviceType == DeviceType.CUDA ? deviceIndex : -1), non_blocking);
                return this;
            }

            /// <summary>Converts parameters and buffers that are floating point.</summary>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                CheckFloating(dtype);
                _toEpilog(dtype, null, non_blocking);
                return this;
            }

            /// <summary>Moves and converts to where and what another tensor is.</summary>
            public Module _to(Tensor other, bool non_blocking)
            {
                _to(other.dtype, non_blocking);
                return _to(other.device_type, other.device_index, non_blocking);
            }

            /// <summary>
            /// Moves and converts the children, then what this module itself owns. A tensor that changes is a new object: it takes the
            /// place of the old one, which is disposed, in the property or field that holds it.
            /// </summary>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                foreach (var (_, child) in named_children())
                {
                    if (device is null) child._to(dtype!.Value, non_blocking);
                    else if (dtype is null) child._to(device.type, device.index, non_blocking);
                    else child._to(device, dtype.Value, non_blocking);
                }
                foreach (var (key, parameter) in _parameters.ToList())
                {
                    if (parameter.IsInvalid || Moved(parameter, dtype, device, non_blocking) is not { } moved) continue;
                    Place(key, moved, () => ConditionallyRegisterParameter(key, moved));
                    parameter.Dispose();
                }
                foreach (var (key, (buffer, persistent)) in _buffers.ToList())
                {
                    if (!persistent || buffer.IsInvalid || !Differs(buffer, dtype, device)) continue;
                    var moved = buffer.to(Converted(buffer, dtype), device ?? buffer.device, non_blocking: non_blocking)
                        .DetachFromDisposeScope();
                    Place(key, moved, () => ConditionallyRegisterBuffer(key, moved));
                    buffer.Dispose();
                }
                OnMoved();
            }

            /// <summary>Called when parameters may have become other objects, or lie elsewhere.</summary>
            private protected virtual void OnMoved() { }

            private void Place(string key, Tensor moved, Action register)
            {
                if (GetType().GetProperty(key, BindingFlags.Public | BindingFlags.Instance) is { } property)
                {
                    property.SetValue(this, moved);
                    return;
                }
                register();
                Fields(GetType()).FirstOrDefault(field => field.ComponentName() == key)?.SetValue(this, moved);
            }

            private static Parameter? Moved(Parameter parameter, ScalarType? dtype, Device? device, bool non_blocking)
            {
                using var gradient = parameter.grad;
                if (!Differs(parameter, dtype, device) && (gradient is null || !Differs(gradient, dtype, device))) return null;
                var type = Converted(parameter, dtype);
                using var frozen = no_grad();
                var moved = new Parameter(
                    parameter.to(type, device ?? parameter.device, copy: true, non_blocking: non_blocking).DetachFromDisposeScope(),
                    parameter.requires_grad);
                if (gradient is not null)
                {
                    using var movedGradient = gradient.to(type, device ?? parameter.device, non_blocking: non_blocking);
                    moved.grad = movedGradient;
                }
                return moved;
            }

            private static bool Differs(Tensor tensor, ScalarType? dtype, Device? device) =>
                Converted(tensor, dtype) != tensor.dtype || (device is not null && LiesElsewhere(tensor, device));

            private static bool LiesElsewhere(Tensor tensor, Device device) =>
                device.type != tensor.device_type || (device.index >= 0 && device.index != tensor.device_index);

            private static ScalarType Converted(Tensor tensor, ScalarType? dtype) =>
                dtype is { } wanted && (tensor.is_floating_point() || tensor.is_complex()) ? wanted : tensor.dtype;

            private static void CheckAvailable(DeviceType type)
            {
                if (type == DeviceType.CUDA && !cuda.is_available()) throw new InvalidOperationException("CUDA is not available.");
            }

            private static void CheckFloating(ScalarType dtype)
            {
                if (dtype is not (ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64
                    or ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64))
                    throw new ArgumentException(
                        $"nn.Module.to only accepts floating point or complex types, but got desired dtype={dtype}");
            }
        }
    }
}
