using System.Collections;
using System.Globalization;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>A list of modules, named by their positions once the module that holds the list registers it.</summary>
public class ModuleList<T> : Module, IList<T> where T : Module
{
    private readonly List<T> _list = [];
    private bool _registered;

    /// <summary>Of these modules.</summary>
    public ModuleList(params T[] modules) : base(nameof(ModuleList)) => _list.AddRange(modules);

    /// <summary>The module at a position.</summary>
    public T this[int index]
    {
        get => _list[index];
        set => _list[index] = value;
    }

    /// <summary>How many modules there are.</summary>
    public int Count => _list.Count;

    /// <summary>False.</summary>
    public bool IsReadOnly => false;

    /// <summary>Registers what is in the list now; later changes of the list are not seen.</summary>
    protected override void RegisterComponents()
    {
        if (_registered) return;
        for (var i = 0; i < _list.Count; i++) register_module(i.ToString(CultureInfo.InvariantCulture), _list[i]);
        _registered = true;
    }

    /// <summary>Adds a module at the end.</summary>
    public void Add(T item) => _list.Add(item);

    /// <summary>Adds modules at the end.</summary>
    public void append(params T[] parameters) => _list.AddRange(parameters);

    /// <summary>Adds modules at the end.</summary>
    public void extend(IEnumerable<T> modules) => _list.AddRange(modules);

    /// <summary>Empties the list.</summary>
    public void Clear() => _list.Clear();

    /// <summary>Whether a module is in the list.</summary>
    public bool Contains(T item) => _list.Contains(item);

    /// <summary>Copies the list into an array.</summary>
    public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

    /// <summary>The modules in order.</summary>
    public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

    /// <summary>Where a module is, or −1.</summary>
    public int IndexOf(T item) => _list.IndexOf(item);

    /// <summary>Puts a module at a position.</summary>
    public void Insert(int index, T item) => _list.Insert(index, item);

    /// <summary>Takes a module out.</summary>
    public bool Remove(T item) => _list.Remove(item);

    /// <summary>Takes the module at a position out.</summary>
    public void RemoveAt(int index) => _list.RemoveAt(index);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
