namespace RnnTrain.Configuration;

/// <summary>Something wrong with a configuration that no single key shows; <see cref="LoadedConfig.Refuse"/> adds where it stands.</summary>
/// <param name="Path">The dotted key to point at.</param>
/// <param name="What">What is wrong and what to do.</param>
public sealed record ConfigMistake(string Path, string What);
