using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An n-dimensional array of numbers in the memory of a device, with its gradient history. Dispose it, or let a
    /// <see cref="DisposeScope"/> do so; a forgotten one is freed by its finalizer.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long liveCount;
        private static long peakCount;

        private nint handle;

        /// <summary>Takes over the reference that the handle owns; null handles are refused.</summary>
        internal Tensor(nint handle, bool register = true)
        {
            if (handle == 0) NativeMethods.ThrowLastError();
            this.handle = handle;
            var live = Interlocked.Increment(ref liveCount);
            if (live > peakCount) peakCount = live;
            if (register) OwningScope = DisposeScopeManager.OfThread.Register(this);
        }

        ~Tensor() => Dispose(false);

        /// <summary>Tensors alive in the process.</summary>
        public static long TotalCount => Interlocked.Read(ref liveCount);

        /// <summary>The most tensors that were alive at once.</summary>
        public static long PeakCount => Interlocked.Read(ref peakCount);

        /// <summary>The native tensor; throws when it was disposed.</summary>
        public nint Handle
        {
            get
            {
                var value = handle;
                if (value == 0) ThrowDisposed();
                return value;
            }
        }

        public bool IsInvalid => handle == 0;

        public string? name { get; set; }

        internal DisposeScope? OwningScope { get; set; }

        /// <summary>A tensor that takes over a native reference.</summary>
        public static Tensor UnsafeCreateTensor(nint handle) => new(handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var owned = Interlocked.Exchange(ref handle, 0);
            if (owned == 0) return;
            // A finalizer touches neither the scope, which belongs to another thread, nor that thread's counts.
            if (disposing)
            {
                DisposeScopeManager.OfThread.CountDisposed(this);
                OwningScope?.MarkAsDisposed(this);
            }
            Interlocked.Decrement(ref liveCount);
            NativeMethods.tsl_tensor_free(owned);
        }

        /// <summary>Gives up the native reference to the caller; the tensor is invalid afterwards.</summary>
        public nint DecoupleFromNativeHandle()
        {
            var owned = MoveHandle();
            Interlocked.Decrement(ref liveCount);
            GC.SuppressFinalize(this);
            return owned;
        }

        /// <summary>Gives up the native reference for another tensor object to take over, which the counts take for a new one.</summary>
        internal nint MoveHandle()
        {
            var owned = Handle;
            handle = 0;
            return owned;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningScope is null) other?.Attach(this);
            else OwningScope.MoveToOther(other, this);
            return this;
        }

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>True when shapes and all elements are equal.</summary>
        public bool Equals(Tensor target) => target is not null && Op.Equal.CallBoolean(this, target);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        private static void ThrowDisposed() =>
            throw new ObjectDisposedException(typeof(Tensor).FullName, "Tensor invalid -- it was disposed or its handle was moved.");
    }

    /// <summary>Opens a scope that disposes the tensors created on this thread until it is disposed.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.OfThread.Open();

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.OfThread.Current;

    /// <summary>Evaluates in a scope of its own, which only the result leaves.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    /// <summary>Throws when a native call failed; Lite's own calls throw at once, so there is never anything pending.</summary>
    public static void CheckForErrors()
    {
    }
}

file static class Op
{
    public static readonly Operator Equal = new("equal");
}
