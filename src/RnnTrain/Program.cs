using RnnTrain.Commands;

return CommandLine.Run(args, Console.Out, Console.Error);
