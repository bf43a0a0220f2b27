using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Kinds of devices, numbered as in libtorch.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
    MKLDNN = 2,
    OPENGL = 3,
    OPENCL = 4,
    IDEEP = 5,
    HIP = 6,
    FPGA = 7,
    MSNPU = 8,
    XLA = 9,
    MPS = 13,
    META = 14,
}

public static partial class torch
{
    /// <summary>Where a tensor lives: the kind of device and, where there are several, which one; -1 is the current one.</summary>
    public class Device
    {
        /// <summary>Parses <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
        public Device(string description)
        {
            var colon = description.IndexOf(':', StringComparison.Ordinal);
            type = Enum.Parse<DeviceType>(colon < 0 ? description : description[..colon], ignoreCase: true);
            index = colon < 0 ? -1 : int.Parse(description[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        }

        public Device(string deviceType, int index = -1)
        {
            type = Enum.Parse<DeviceType>(deviceType, ignoreCase: true);
            this.index = index;
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>A CUDA device.</summary>
        public Device(int index)
        {
            type = DeviceType.CUDA;
            this.index = index;
        }

        public DeviceType type { get; }

        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index == -1 ? name : $"{name}:{index}";
        }
    }

    public static Device CPU = new(DeviceType.CPU);

    public static Device META = new(DeviceType.META);

    private static Device? cudaDevice;
    private static Device defaultDevice = CPU;

    public static Device CUDA => cudaDevice ??= InitializeDevice(new Device(DeviceType.CUDA));

    public static Device device(string description) => InitializeDevice(new Device(description));

    public static Device device(string deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(int index) => new(DeviceType.CUDA, index);

    public static Device get_default_device() => defaultDevice;

    public static void set_default_device(Device device) => defaultDevice = InitializeDevice(device);

    public static void set_default_device(string device) => set_default_device(new Device(device));

    /// <summary>The device, or the default one for null; throws where the machine does not have it.</summary>
    public static Device InitializeDevice(Device? device)
    {
        device ??= defaultDevice;
        InitializeDeviceType(device.type);
        return device;
    }

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
    }

    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType != DeviceType.CUDA || cuda.is_available();

    public static bool cuda_is_available() => cuda.is_available();

    public static bool mps_is_available() => false;

    /// <summary>The CUDA devices of this machine.</summary>
    public static partial class cuda
    {
        public static bool is_available() => NativeMethods.tsl_cuda_is_available() > 0;

        public static bool is_cudnn_available() => NativeMethods.tsl_cudnn_is_available() > 0;

        public static int device_count() => NativeMethods.tsl_cuda_device_count();

        public static void manual_seed(long seed) => NativeMethods.Check(NativeMethods.tsl_cuda_manual_seed(seed, 0));

        public static void manual_seed_all(long seed) => NativeMethods.Check(NativeMethods.tsl_cuda_manual_seed(seed, 1));

        /// <summary>Waits until everything given to the device is done; the current device for null.</summary>
        public static void synchronize(Device? device = null) =>
            NativeMethods.Check(NativeMethods.tsl_cuda_synchronize(device?.index ?? -1));
    }
}
