using RnnTrain.Data;
using RnnTrain.Runs;

namespace RnnTrain.Tests.Runs;

/// <summary>A manifest with every property filled in.</summary>
internal static class SampleManifest
{
    internal static DateTimeOffset Noon { get; } = new(2026, 3, 4, 12, 30, 15, TimeSpan.Zero);

    internal static Manifest Create() => new()
    {
        Name = "größe",
        StartedAt = Noon,
        CommandLine = ["train", "a config.yaml", "--set", "name=größe"],
        Versions = new SoftwareVersions { Rnn = "0.1.0", DotNet = "10.0.0", TorchRuntime = "system", Libtorch = "1.13.1" },
        Device = "cpu",
        Seed = 7,
        ParameterCount = 4_653_200,
        Data = [new DataFile { Split = "train", Path = "ptb/ptb.train.txt", Bytes = 5_101_618, Sha256 = new string('a', 64) }],
        Host = HostFacts.Read(),
        GitCommit = new string('b', 40),
    };
}
