namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A part of a network: it owns parameters, buffers and other modules under names.
        /// Derive from <c>Module&lt;T, TResult&gt;</c>, assign the components to fields and call <see cref="RegisterComponents"/> at the
        /// end of the constructor.
        /// </summary>
        public partial class Module : IDisposable
        {
            /// <summary>What <see cref="GetName"/> returns.</summary>
            protected string name;

            private bool _training = true;
            private bool _disposed;

            /// <summary>Starts a module without components.</summary>
            protected Module(string name)
            {
                this.name = name;
            }

            /// <summary>Whether dropout, batch normalisation and their like behave as in training.</summary>
            public virtual bool training => _training;

            /// <summary>The name given to the constructor.</summary>
            public virtual string GetName() => name;

            /// <summary>Puts this module and all its descendants into training mode, or out of it.</summary>
            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, child) in named_children()) child.train(train);
            }

            /// <summary>Puts this module and all its descendants into evaluation mode.</summary>
            public virtual void eval() => train(false);

            /// <summary>Calls <paramref name="fn"/> with every descendant, then with this module.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in named_children()) child.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Removes the gradients of all parameters, or fills them with zeros.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, parameter) in named_parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null) continue;
                    if (set_to_none) parameter.grad = null;
                    else gradient.zero_();
                }
            }

            /// <summary>Frees the parameters, the buffers and the modules below this one.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees the parameters, the buffers and the modules below this one.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed) return;
                _disposed = true;
                foreach (var buffer in _buffers.Values) buffer.Tensor.Dispose();
                foreach (var parameter in _parameters.Values) parameter.Dispose();
                foreach (var child in _children.Values) child.Dispose();
            }
        }
    }
}
