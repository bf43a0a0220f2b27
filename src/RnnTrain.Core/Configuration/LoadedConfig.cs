using RnnTrain.Configuration.Sources;

namespace RnnTrain.Configuration;

/// <summary>A configuration with what it was read from.</summary>
public sealed record LoadedConfig(ExperimentConfig Config, ConfigSource Source)
{
    /// <summary>Reports mistakes found after loading, each with its place; does nothing where there are none.</summary>
    /// <exception cref="UserMistakeException">There is at least one.</exception>
    public void Refuse(IEnumerable<ConfigMistake> mistakes)
    {
        var list = new MistakeList();
        foreach (var mistake in mistakes) list.Add(Source.PositionOf(mistake.Path), mistake.Path, mistake.What);
        list.ThrowIfAny();
    }
}
