namespace RnnTrain.Configuration.Binding;

/// <summary>All registries, found by the abstract record of their kind.</summary>
internal sealed class Components(IReadOnlyList<IRegistry> all)
{
    public IReadOnlyList<IRegistry> All { get; } = all;

    public IRegistry Of(Type optionsBase) => All.FirstOrDefault(registry => registry.OptionsBase == optionsBase)
        ?? throw new InvalidOperationException($"no registry lists the components of {optionsBase.Name}");

    public IReadOnlyList<string> NamesOf(Type optionsBase) => [.. Of(optionsBase).Entries.Select(entry => entry.Name)];

    public Type? Find(Type optionsBase, string name) => Of(optionsBase).Entries.FirstOrDefault(entry => entry.Name == name)?.OptionsType;

    public string NameOf(Type optionsBase, object options) =>
        Of(optionsBase).Entries.First(entry => entry.OptionsType == options.GetType()).Name;
}
