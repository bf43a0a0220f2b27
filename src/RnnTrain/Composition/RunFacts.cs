using System.Reflection;
using System.Runtime.InteropServices;
using RnnTrain.Runs;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Composition;

/// <summary>What the manifest of a run records of this process.</summary>
public static class RunFacts
{
    public static Manifest Manifest(TrainingRequest request, Experiment experiment) => new()
    {
        Name = experiment.Config.Name,
        StartedAt = DateTimeOffset.Now,
        CommandLine = request.CommandLine,
        Versions = Versions(),
        Device = Describe(experiment.Device),
        Precision = experiment.Config.Precision.Name(),
        Seed = experiment.Config.Seed,
        ParameterCount = experiment.Scored.Model.NamedParameters().Sum(named => named.Parameter.numel()),
        Data = experiment.Data.Files,
        Host = HostFacts.Read(),
        GitCommit = GitCommit.Find(Environment.CurrentDirectory),
    };

    public static Resumption Resumption(TrainingRequest request, Experiment experiment) => new()
    {
        At = DateTimeOffset.Now,
        Step = experiment.State.Progress.Step,
        CommandLine = request.CommandLine,
        Versions = Versions(),
        Device = Describe(experiment.Device),
        Host = HostFacts.Read(),
        Changes = request.Changes,
    };

    public static SoftwareVersions Versions() => new()
    {
        Rnn = RnnVersion,
        DotNet = RuntimeInformation.FrameworkDescription,
        TorchRuntime = TorchRuntimeFacts.Name,
        Libtorch = TorchRuntimeFacts.LibtorchVersion,
    };

    public static string RnnVersion =>
        typeof(RunFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static string Describe(Device device) => device.type == DeviceType.CUDA ? $"cuda:{device.index}" : "cpu";
}
