using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private readonly OrderedDictionary<string, Parameter> _parameters = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> _buffers = [];
            private readonly OrderedDictionary<string, Module> _children = [];
            private bool _registered;

            /// <summary>Adds a tensor that is state but not trained.</summary>
            /// <exception cref="ArgumentNullException">There is no tensor.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                    throw new ArgumentNullException(nameof(tensor), "A null tensor cannot be registered as a buffer.");
                if (!_buffers.TryAdd(name, (tensor, persistent)))
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
            }

            /// <summary>Adds a trained tensor.</summary>
            /// <exception cref="ArgumentNullException">There is no parameter.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                    throw new ArgumentNullException(nameof(param), "A null tensor cannot be registered as a parameter.");
                if (!_parameters.TryAdd(name, param))
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
            }

            /// <summary>The same as <see cref="register_module"/>.</summary>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Adds a module below this one; no module, or a disposed one, takes the name away.</summary>
            /// <exception cref="ArgumentException">The name is empty or has a dot.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null || submodule._disposed)
                {
                    _children.Remove(name);
                    return;
                }
                if (name.Contains('.')) throw new ArgumentException($"module name can't contain \".\", got: {name}");
                if (string.IsNullOrEmpty(name)) throw new ArgumentException("module name can't be empty string \"\"");
                if (_children.ContainsKey(name)) throw new InvalidOperationException($"Sub-module {name} is already registered.");
                submodule.RegisterComponents();
                _children.Add(name, submodule);
            }

            /// <summary>
            /// Registers what the fields hold, under the fields' names: modules, parameters, and every other tensor as a buffer.
            /// Does nothing when called again.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (_registered) return;
                foreach (var field in Fields(GetType()))
                {
                    var key = field.ComponentName();
                    if (_children.ContainsKey(key) || _parameters.ContainsKey(key) || _buffers.ContainsKey(key)) continue;
                    switch (field.GetValue(this))
                    {
                        case Module child: register_module(key, child); break;
                        case Parameter parameter: register_parameter(key, parameter); break;
                        case Tensor buffer: register_buffer(key, buffer); break;
                    }
                }
                _registered = true;
            }

            /// <summary>Sets or removes a parameter, whether the name is taken or not.</summary>
            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null) _parameters.Remove(name);
                else _parameters[name] = value;
            }

            /// <summary>Puts a parameter into its field and under its name; what was there is disposed.</summary>
            private protected void Own(ref Parameter? field, string name, Parameter? value)
            {
                if (ReferenceEquals(field, value)) return;
                field?.Dispose();
                field = value;
                value?.DetachFromDisposeScope();
                ConditionallyRegisterParameter(name, value);
            }

            /// <summary>Puts a buffer into its field and under its name; what was there is disposed.</summary>
            private protected void Own(ref Tensor? field, string name, Tensor? value)
            {
                if (ReferenceEquals(field, value)) return;
                field?.Dispose();
                field = value;
                value?.DetachFromDisposeScope();
                ConditionallyRegisterBuffer(name, value);
            }

            /// <summary>Sets or removes a buffer, whether the name is taken or not.</summary>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null) _buffers.Remove(name);
                else _buffers[name] = (value, persistent);
            }

            /// <summary>Forgets the modules below this one.</summary>
            protected void ClearModules() => _children.Clear();

            /// <summary>The instance fields of a class and its bases, nearest first; a base's field of the same name is hidden.</summary>
            private static IEnumerable<FieldInfo> Fields(Type type)
            {
                const BindingFlags declared =
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                var seen = new HashSet<string>();
                for (var level = type; level is not null && level != typeof(Module); level = level.BaseType)
                    foreach (var field in level.GetFields(declared))
                        if (seen.Add(field.Name)) yield return field;
            }
        }
    }
}
