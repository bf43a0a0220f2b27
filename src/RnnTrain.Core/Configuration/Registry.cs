using System.Collections;
using System.Reflection;

namespace RnnTrain.Configuration;

/// <summary>One line of a registry: the `type` it is written as, its options, and what it is.</summary>
/// <param name="Name">The value of `type` in a configuration file.</param>
/// <param name="OptionsType">The record that the rest of the block binds to.</param>
/// <param name="Summary">One sentence, from <see cref="DescribeAttribute"/> on the options record.</param>
/// <param name="IsMade">False where no component is made of these options, since they ask for something else in its place.</param>
public sealed record RegistryEntry(string Name, Type OptionsType, string Summary, bool IsMade = true);

/// <summary>What the loader, `rnn list` and the generated documentation need of a registry.</summary>
public interface IRegistry
{
    /// <summary>What its components are called, in the plural: `cells`.</summary>
    string Kind { get; }

    /// <summary>The abstract record that every options record of this kind extends.</summary>
    Type OptionsBase { get; }

    IReadOnlyList<RegistryEntry> Entries { get; }
}

/// <summary>
/// The table of all components of one kind: <c>{ "gru", (GruOptions o, CellSizes s) => new GruCell(o, s) }</c>. The lambda's first
/// parameter is the schema of the component's YAML block.
/// </summary>
/// <typeparam name="TOptions">The abstract options record of the kind.</typeparam>
/// <typeparam name="TArguments">What every component of the kind is made from besides its options.</typeparam>
/// <typeparam name="TComponent">What is made.</typeparam>
public sealed class Registry<TOptions, TArguments, TComponent>(string kind) : IRegistry, IEnumerable<RegistryEntry>
    where TOptions : class
{
    private readonly List<RegistryEntry> entries = [];
    private readonly Dictionary<Type, Func<TOptions, TArguments, TComponent>> factories = [];

    public string Kind { get; } = kind;

    public Type OptionsBase => typeof(TOptions);

    public IReadOnlyList<RegistryEntry> Entries => entries;

    /// <summary>Those of which a component is made.</summary>
    public IEnumerable<RegistryEntry> Made => entries.Where(entry => entry.IsMade);

    /// <exception cref="ArgumentException">The name or the options record is in the table already, or the record describes nothing.</exception>
    public void Add<T>(string name, Func<T, TArguments, TComponent> create)
        where T : TOptions
    {
        Add(name, typeof(T));
        factories.Add(typeof(T), (options, arguments) => create((T)options, arguments));
        entries[^1] = entries[^1] with { IsMade = true };
    }

    /// <summary>Lists options of which no component is made: whoever would make one decides by their type before.</summary>
    /// <exception cref="ArgumentException">The name or the options record is in the table already, or the record describes nothing.</exception>
    public void Add(string name, Type options)
    {
        if (entries.Any(entry => entry.Name == name || entry.OptionsType == options)) throw new ArgumentException($"{Kind}: '{name}' is listed twice");
        var summary = options.GetCustomAttribute<DescribeAttribute>()?.Text ?? throw new ArgumentException($"{options.Name} has no [Describe]");
        entries.Add(new RegistryEntry(name, options, summary, IsMade: false));
    }

    public TComponent Create(TOptions options, TArguments arguments) => factories.TryGetValue(options.GetType(), out var create)
        ? create(options, arguments)
        : throw new ArgumentException($"{Kind}: nothing is made of {options.GetType().Name}", nameof(options));

    /// <summary>The `type` under which these options are written.</summary>
    public string NameOf(TOptions options) => entries.First(entry => entry.OptionsType == options.GetType()).Name;

    public IEnumerator<RegistryEntry> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
