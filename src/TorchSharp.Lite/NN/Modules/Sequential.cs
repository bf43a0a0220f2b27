using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules of which each takes what the one before it gives. What lies between two of them is disposed.</summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    private readonly List<(string Name, nn.IModule<Tensor, Tensor> Module)> _modules = [];

    /// <summary>Of modules under names.</summary>
    protected Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : base(nameof(Sequential))
    {
        foreach (var (key, module) in modules) Add(key, module);
    }

    /// <summary>Of modules named by their positions.</summary>
    protected Sequential(params nn.Module<Tensor, Tensor>[] modules) : base(nameof(Sequential))
    {
        foreach (var module in modules) append(module);
    }

    internal Sequential() : base(nameof(Sequential)) { }

    /// <summary>How many modules there are.</summary>
    public int Count => _modules.Count;

    /// <summary>The module at a position.</summary>
    [System.Runtime.CompilerServices.IndexerName("SequentialItems")]
    public nn.IModule<Tensor, Tensor> this[int index] => _modules[index].Module;

    /// <summary>Adds a module at the end.</summary>
    public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
    {
        Add(name, module);
        return this;
    }

    /// <summary>Adds a module at the end, named by its position.</summary>
    public Sequential append(nn.IModule<Tensor, Tensor> module) =>
        append(_modules.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), module);

    internal void Add(string name, nn.IModule<Tensor, Tensor> module)
    {
        register_module(name, (nn.Module)module);
        _modules.Add((name, module));
    }

    /// <summary>The input through all modules; of an empty sequence, the input itself under a new handle.</summary>
    public override Tensor forward(Tensor tensor)
    {
        if (_modules.Count == 0) return tensor.alias();
        var value = _modules[0].Module.call(tensor);
        for (var i = 1; i < _modules.Count; i++)
        {
            var next = _modules[i].Module.call(value);
            value.Dispose();
            value = next;
        }
        return value;
    }
}
