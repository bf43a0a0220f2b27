using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Modules under names, in the order they were added; registered once the module that holds them is.</summary>
public class ModuleDict<T> : Module where T : Module
{
    private readonly OrderedDictionary<string, T> _modules = [];
    private bool _registered;

    /// <summary>Empty.</summary>
    public ModuleDict() : base(nameof(ModuleDict)) { }

    /// <summary>The module of a name.</summary>
    public T this[string key]
    {
        get => _modules[key];
        set => _modules[key] = value;
    }

    /// <summary>How many modules there are.</summary>
    public int Count => _modules.Count;

    /// <summary>The names in order.</summary>
    public IEnumerable<string> keys() => _modules.Keys;

    /// <summary>The modules in order.</summary>
    public IEnumerable<T> values() => _modules.Values;

    /// <summary>Names and modules in order.</summary>
    public IEnumerator<(string, T)> items() => _modules.Select(pair => (pair.Key, pair.Value)).GetEnumerator();

    /// <summary>Names and modules in order.</summary>
    public IEnumerator<(string, T)> GetEnumerator() => items();

    /// <summary>Adds a module.</summary>
    public void Add((string, T) item) => _modules.Add(item.Item1, item.Item2);

    /// <summary>Adds a module.</summary>
    public void Add(string key, T value) => _modules.Add(key, value);

    /// <summary>Whether a name is taken.</summary>
    public bool ContainsKey(string key) => _modules.ContainsKey(key);

    /// <summary>Takes the module of a name out.</summary>
    public bool Remove(string key) => _modules.Remove(key);

    /// <summary>The module of a name, if there is one.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _modules.TryGetValue(key, out value);

    /// <summary>Takes all modules out.</summary>
    public void clear() => _modules.Clear();

    /// <summary>Registers what is here now; later changes are not seen.</summary>
    protected override void RegisterComponents()
    {
        if (_registered) return;
        foreach (var (key, module) in _modules) register_module(key, module);
        _registered = true;
    }
}
