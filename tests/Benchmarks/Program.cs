using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using RnnTrain.Benchmarks;
using RnnTrain.Configuration;
using RnnTrain.Tensors;

ProcessorSettings.Apply(); // first, since native libraries read their environment when they are loaded

if (args is ["ratios", ..])
{
    LayerRatios.Print(args.Length > 1 ? ThreadChoice.Parse(args[1], null) : ThreadChoice.Auto);
    return;
}

// In this process: the project that BenchmarkDotNet would generate and build for each job knows nothing of the native libraries.
var config = ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));

// Benchmarks --filter '*'; each class stands here, so that none is forgotten or run by accident
new BenchmarkSwitcher([typeof(LayerBenchmarks), typeof(OutputBenchmarks), typeof(OptimizerBenchmarks), typeof(BatchBenchmarks)]).Run(args, config);
