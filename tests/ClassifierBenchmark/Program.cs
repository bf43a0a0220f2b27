using RnnTrain.ClassifierBenchmark;
using RnnTrain.Tensors;

ProcessorSettings.Apply(); // first, since native libraries read their environment when they are loaded
var options = ClassifierOptions.Parse(args);
using var classifier = new BidirectionalClassifier(options);
classifier.Run(options.Steps, warmUp: 5);
