using System.Text;
using RnnTrain.Configuration;

namespace RnnTrain.Tests.Configuration;

/// <summary>A temporary folder of configuration files; mistakes are shown without the folder's path.</summary>
internal sealed class ConfigFolder : IDisposable
{
    /// <summary>A valid configuration, of 27 lines.</summary>
    public const string Valid =
        """
        name: trial
        seed: 7
        task: {type: guess}
        data:
          format: {type: lines}
          train: [a.txt, b.txt]
          validation: c.txt
          tokens:
            type: words
            minimum_count: 2
          batching: {type: stream, batch_size: 20}
        model:
          embedding_size: 10
          cell:
            type: gated
            forget_bias: 0.5
          hidden_size: 10
          tie_weights: true
          dropout:
            between_layers: 0.1
        training:
          epochs: 3
          optimizer:
            type: slope
            learning_rate: 1e-3
          clip_norm: 5
        device: cpu

        """;

    private readonly string folder = Directory.CreateTempSubdirectory("rnntrain-config-").FullName;

    public Dictionary<string, string> Variables { get; } = [];

    public string PathOf(string name) => Path.Combine(folder, name);

    public ConfigFolder With(string name, string text) => With(name, Encoding.UTF8.GetBytes(text));

    public ConfigFolder With(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), bytes);
        return this;
    }

    public LoadedConfig Load(string name, params string[] sets) =>
        ConfigLoader.Load(PathOf(name), sets, FakeComponents.Registries, Variables.GetValueOrDefault);

    public IReadOnlyList<string> Mistakes(string name, params string[] sets)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Load(name, sets));
        return [.. mistake.Lines.Select(line => line.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
    }

    /// <summary>Loads the valid configuration with one part replaced.</summary>
    public static LoadedConfig LoadChanged(string part, string replacement, params string[] sets)
    {
        using var folder = new ConfigFolder().With("c.yaml", Change(part, replacement));
        return folder.Load("c.yaml", sets);
    }

    /// <summary>The mistakes of the valid configuration with one part replaced.</summary>
    public static IReadOnlyList<string> MistakesOf(string part, string replacement, params string[] sets)
    {
        using var folder = new ConfigFolder().With("c.yaml", Change(part, replacement));
        return folder.Mistakes("c.yaml", sets);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Change(string part, string replacement)
    {
        Assert.Contains(part, Valid, StringComparison.Ordinal);
        return Valid.Replace(part, replacement, StringComparison.Ordinal);
    }
}
