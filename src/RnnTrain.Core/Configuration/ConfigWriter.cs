using RnnTrain.Configuration.Binding;
using RnnTrain.Configuration.Sources;

namespace RnnTrain.Configuration;

/// <summary>Writes a configuration as a file in which nothing is left to a default: what a run folder keeps.</summary>
public static class ConfigWriter
{
    /// <summary>The YAML text; <see cref="ConfigLoader"/> makes an equal configuration of it.</summary>
    public static string Write(ExperimentConfig config, IReadOnlyList<IRegistry> registries) =>
        YamlText.Write(new RecordTree(new Components(registries)).Of(config));
}
