using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Marks modules that own neither parameters nor buffers.</summary>
public interface IParameterLessModule;

/// <summary>A module of one argument that owns neither parameters nor buffers: moving it does nothing.</summary>
public abstract class ParameterLessModule<T1, TResult> : nn.Module<T1, TResult>, IParameterLessModule
{
    /// <summary>Starts the module.</summary>
    protected ParameterLessModule(string name) : base(name) { }

    /// <summary>Nothing to move.</summary>
    protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    /// <summary>Nothing to move.</summary>
    protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    /// <summary>Nothing to convert.</summary>
    protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => this;

    /// <summary>Refuses.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_buffer(string name, Tensor tensor, bool persistent = true) =>
        throw new InvalidOperationException("Cannot register a buffer on a module that is declared 'parameter-less.'");

    /// <summary>Refuses.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_parameter(string name, Parameter param) =>
        throw new InvalidOperationException("Cannot register a parameter on a module that is declared 'parameter-less.'");

    /// <summary>Adds a module that owns no parameters either.</summary>
    /// <exception cref="InvalidOperationException">The module may own parameters.</exception>
    public override void register_module(string name, nn.Module submodule)
    {
        if (submodule is not IParameterLessModule)
            throw new InvalidOperationException("Submodules of a parameter-less module must also be parameter-less.");
        base.register_module(name, submodule);
    }
}
