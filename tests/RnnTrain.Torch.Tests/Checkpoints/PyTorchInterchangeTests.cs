using System.Diagnostics;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Checkpoints;

/// <summary>Weights travel between here and PyTorch. Debian carries no `safetensors`: scripts/golden has a reader and writer.</summary>
public sealed class PyTorchInterchangeTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        temporary.Dispose();
    }

    [Fact]
    public void PyTorch_reads_what_is_saved_here()
    {
        SafetensorsFile.Save(temporary["here.safetensors"],
        [
            ("weight_ih_l0", arange(6).to(ScalarType.Float32).reshape(2, 3) / 7),
            ("half", tensor([0.5f, -2]).to(ScalarType.Float16)),
            ("counts", tensor([long.MinValue, 3])),
            ("mask", tensor([true, false])),
            ("nothing", zeros(0, 4)),
            ("one", tensor(2.5)),
        ]);
        Python(
            """
            tensors = safetensors_file.read("here.safetensors")
            expected = {
                "weight_ih_l0": torch.arange(6).float().reshape(2, 3) / 7,
                "half": torch.tensor([0.5, -2], dtype=torch.float16),
                "counts": torch.tensor([-2**63, 3]),
                "mask": torch.tensor([True, False]),
                "nothing": torch.zeros(0, 4),
                "one": torch.tensor(2.5, dtype=torch.float64),
            }
            assert tensors.keys() == expected.keys(), tensors.keys()
            for name, tensor in expected.items():
                assert tensors[name].dtype == tensor.dtype and torch.equal(tensors[name], tensor), name
            """);
    }

    [Fact]
    public void A_PyTorch_LSTM_saved_as_safetensors_loads_here()
    {
        Python(
            """
            lstm = torch.nn.LSTM(2, 3)
            for parameter in lstm.parameters():
                parameter.data.copy_((torch.arange(parameter.numel()) / 8).reshape(parameter.shape))
            safetensors_file.write("there.safetensors", lstm.state_dict())
            """);
        var loaded = SafetensorsFile.Load(temporary["there.safetensors"]);
        Assert.Equal(["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"], loaded.Select(named => named.Name));
        long[][] shapes = [[12, 2], [12, 3], [12], [12]];
        foreach (var ((_, weight), shape) in loaded.Zip(shapes))
        {
            Assert.Equal(shape, weight.shape);
            Assert.True((arange(weight.numel()).to(ScalarType.Float32) / 8).reshape(shape).Equals(weight));
        }
    }

    private void Python(string program)
    {
        var golden = GoldenFolder();
        Assert.SkipWhen(golden is null, "needs scripts/golden of the source tree");
        Assert.SkipUnless(File.Exists("/usr/bin/python3") && Run("import torch, numpy") is (0, _), "needs python3 with PyTorch and NumPy");
        var (exitCode, output) = Run($"import sys, torch\nsys.path.insert(0, {Quoted(golden)})\nimport safetensors_file\n{program}");
        Assert.True(exitCode == 0, output);
    }

    private (int ExitCode, string Output) Run(string program)
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-B", "-c", program])
        {
            WorkingDirectory = temporary.Path,
            RedirectStandardError = true,
        })!;
        var output = python.StandardError.ReadToEnd();
        python.WaitForExit();
        return (python.ExitCode, output);
    }

    private static string Quoted(string text) => $"r'{text}'";

    private static string? GoldenFolder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var golden = Path.Combine(at.FullName, "scripts", "golden");
            if (File.Exists(Path.Combine(golden, "safetensors_file.py"))) return golden;
        }

        return null;
    }
}
