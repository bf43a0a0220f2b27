using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers on one device.</summary>
    public class Generator : IDisposable
    {
        private nint handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = InitializeDevice(device ?? CPU);
            handle = NativeMethods.tsl_generator_new(unchecked((long)seed), (int)this.device.type, this.device.index);
            if (handle == 0) NativeMethods.ThrowLastError();
        }

        private Generator(nint handle)
        {
            if (handle == 0) NativeMethods.ThrowLastError();
            this.handle = handle;
            device = CPU;
        }

        ~Generator() => Dispose(false);

        /// <summary>The CPU's own generator.</summary>
        public static Generator Default => new(NativeMethods.tsl_generator_default((int)DeviceType.CPU, -1));

        public nint Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(handle == 0, this);
                return handle;
            }
        }

        public Device device { get; }

        public long initial_seed() => NativeMethods.tsl_generator_seed(Handle);

        public Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.tsl_generator_set_seed(Handle, seed));
            return this;
        }

        /// <summary>Seeds with the clock, and returns the seed.</summary>
        public long seed()
        {
            var seed = DateTime.UtcNow.Ticks;
            manual_seed(seed);
            return seed;
        }

        /// <summary>The state as a tensor of bytes.</summary>
        public Tensor get_state() => new(NativeMethods.tsl_generator_state(Handle));

        public void set_state(Tensor value)
        {
            NativeMethods.Check(NativeMethods.tsl_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var owned = Interlocked.Exchange(ref handle, 0);
            if (owned != 0) NativeMethods.tsl_generator_free(owned);
        }
    }

    /// <summary>Seeds the generators of all devices, and returns the CPU's.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static long seed() => random.seed();

    public static long initial_seed() => random.initial_seed();

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The default generator of the CPU, and the seeds of all devices.</summary>
    public static partial class random
    {
        public static Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.tsl_manual_seed(seed));
            return Generator.Default;
        }

        public static long seed()
        {
            var seed = DateTime.UtcNow.Ticks;
            NativeMethods.Check(NativeMethods.tsl_manual_seed(seed));
            return seed;
        }

        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
