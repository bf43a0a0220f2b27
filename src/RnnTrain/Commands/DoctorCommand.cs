using System.CommandLine;
using System.Runtime.InteropServices;
using RnnTrain.Composition;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Tensors;
using TorchSharp;

namespace RnnTrain.Commands;

/// <summary>`rnn doctor`: what this program runs on, and what to do about each problem.</summary>
public static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("doctor", "Says what this program runs on, and what to do about each problem.");
        command.SetAction(_ => Examine(terminal.Output));
        return command;
    }

    private static int Examine(TextWriter output)
    {
        void Fact(string name, object? value) => output.WriteLine($"{name,-19} {value}");
        void Problem(string what) => output.WriteLine($"  problem: {what}");

        Fact("rnn", RunFacts.RnnVersion);
        Fact(".NET", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        Fact("torch runtime", TorchRuntimeFacts.Name);
        try
        {
            Fact("libtorch", torch.__version__);
        }
        catch (Exception missing) when (missing is DllNotFoundException or TypeInitializationException)
        {
            Problem($"libtorch cannot be loaded: {(missing.InnerException ?? missing).Message}");
            Problem("run scripts/setup; or set LIBTORCH to a libtorch folder and run it again");
            return ExitCodes.MissingCapability;
        }
        var engine = EngineChoice.Of(ComputeEngine.Auto, torch.CPU);
        var threads = CpuThreads.Use(ThreadChoice.Auto, engine);
        ExamineProcessor(Fact, Problem);
        Fact("libtorch library", LoadedLibraries.Find("libtorch_cpu", "torch_cpu") ?? "unknown");
        ExamineBlas(Fact, Problem);
        Fact("libtorch kernels", LibtorchConfiguration.CpuCapability ?? "unknown");
        Fact("oneDNN", OneDnn.IsAvailable ? $"{OneDnn.Version}, own kernels for {OneDnn.Instructions}" : "not used");
        if (OneDnn.WhyNot is { } reason) Problem(reason);
        Fact("engine: auto", $"{engine.Name} on the CPU");
        Fact("threads: auto", threads);
        ExamineGpus(Fact, Problem);
        return ExitCodes.Done;
    }

    private static void ExamineProcessor(Action<string, object?> fact, Action<string> problem)
    {
        fact("processor", Processor.Name);
        fact("processors", $"{Environment.ProcessorCount} for this process");
        fact("instruction sets", string.Join(", ", Processor.InstructionSets()));
        foreach (var variable in ProcessorSettings.InForce)
        {
            fact(variable.Name, $"{variable.Value} ({(variable.IsUsers ? "set in the environment" : "set by rnn")})");
            if (!variable.IsUsers || !ProcessorSettings.ForbidsAvx512(variable)) continue;
            problem($"{variable.Name}={variable.Value} in the environment keeps this processor's AVX-512 unused; unset it (in large products that is half the speed)");
        }
    }

    private static void ExamineBlas(Action<string, object?> fact, Action<string> problem)
    {
        var blas = LoadedLibraries.Find("libopenblas", "libmkl", "libblis", "libatlas", "libblas");
        fact("BLAS", blas ?? "within libtorch");
        if (OpenBlas.Find() is { } openBlas) fact("BLAS kernels", openBlas.Kernels);
        foreach (var variable in new[] { "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS" })
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value) fact(variable, value);
        }
        var isReference = blas is not null && Path.GetFileName(blas).StartsWith("libblas", StringComparison.Ordinal) && !blas.Contains("openblas", StringComparison.Ordinal);
        if (isReference) problem("this is the slow reference BLAS; install libopenblas0-pthread (Debian, Ubuntu)");
    }

    private static void ExamineGpus(Action<string, object?> fact, Action<string> problem)
    {
        if (torch.cuda.is_available())
        {
            fact("GPUs", torch.cuda.device_count());
            for (var gpu = 0; gpu < torch.cuda.device_count(); gpu++)
                fact($"cuda:{gpu}", ComputeCapability.Of(gpu) is { } capability ? $"compute capability {capability}" : "compute capability unknown");
            fact("cuDNN", torch.cuda.is_cudnn_available() ? "yes" : "no");
            if (!torch.cuda.is_cudnn_available()) problem("without cuDNN recurrent layers are slow; use a libtorch that has it");
            return;
        }
        fact("GPUs", "none that libtorch can use; training runs on the CPU");
        if (File.Exists("/proc/driver/nvidia/version"))
            problem("there is an NVIDIA driver, but this libtorch has no CUDA: point LIBTORCH at one that has, and run scripts/setup");
    }
}
