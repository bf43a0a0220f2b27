using RnnTrain.Configuration.Binding;
using RnnTrain.Configuration.Sources;

namespace RnnTrain.Configuration;

/// <summary>Reads configuration files: YAML or JSON, what they extend, `--set` options and environment variables.</summary>
public static class ConfigLoader
{
    /// <param name="path">The file; mistakes name it as it is given here.</param>
    /// <param name="sets">The `--set` options, each `key=value`.</param>
    /// <param name="registries">One for each kind of component.</param>
    /// <param name="environment">Where `${NAME}` looks; the process's environment if absent.</param>
    /// <exception cref="UserMistakeException">With every mistake that could be found, one line each.</exception>
    public static LoadedConfig Load(
        string path,
        IReadOnlyList<string> sets,
        IReadOnlyList<IRegistry> registries,
        Func<string, string?>? environment = null) =>
        Load(files => files.Read(path), path, sets, registries, environment);

    /// <summary>As <see cref="Load(string, IReadOnlyList{string}, IReadOnlyList{IRegistry}, Func{string, string})"/>, from a text.</summary>
    /// <param name="text">The YAML or JSON text.</param>
    /// <param name="name">What mistakes call the text; `extends` looks from the folder of a file of that name.</param>
    public static LoadedConfig LoadText(
        string text,
        string name,
        IReadOnlyList<string> sets,
        IReadOnlyList<IRegistry> registries,
        Func<string, string?>? environment = null) =>
        Load(files => files.ReadText(text, name), name, sets, registries, environment);

    private static LoadedConfig Load(
        Func<SourceFiles, MappingNode> read,
        string name,
        IReadOnlyList<string> sets,
        IReadOnlyList<IRegistry> registries,
        Func<string, string?>? environment)
    {
        environment ??= Environment.GetEnvironmentVariable;
        var mistakes = new MistakeList();
        var files = new SourceFiles(environment, mistakes);
        SourceNode tree = read(files);
        if (Overrides.Read(sets, mistakes) is { } overrides) tree = Merging.Merge(tree, overrides) with { At = tree.At };
        var root = (MappingNode)new Interpolation(environment, mistakes).Resolve(tree, "");
        var config = new Binder(new Components(registries), mistakes).BindRoot(root, typeof(ExperimentConfig)) as ExperimentConfig;
        mistakes.ThrowIfAny();
        var loaded = new LoadedConfig(config!, new ConfigSource(name, root, files.Files));
        loaded.Refuse(ConfigRules.Check(loaded.Config));
        return loaded;
    }
}
