using RnnTrain.Commands;
using RnnTrain.Tensors;

ProcessorSettings.Apply(); // first, since native libraries read their environment when they are loaded
return CommandLine.Run(args, Console.Out, Console.Error);
