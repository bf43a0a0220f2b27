using BenchmarkDotNet.Running;
using RnnTrain.Benchmarks;
using RnnTrain.Tensors;

ProcessorSettings.Apply(); // first, since native libraries read their environment when they are loaded
if (args is ["bidirectional", .. var sizes])
{
    var options = ClassifierOptions.Parse(sizes);
    using var classifier = new BidirectionalClassifier(options);
    classifier.Run(options.Steps, warmUp: 5);
    return;
}

// Benchmarks --filter '*'; each class stands here, so that none is forgotten or run by accident
new BenchmarkSwitcher([typeof(LayerBenchmarks), typeof(OutputBenchmarks), typeof(BatchBenchmarks)]).Run(args);
