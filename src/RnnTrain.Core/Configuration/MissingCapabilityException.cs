namespace RnnTrain.Configuration;

/// <summary>The run needs something this machine lacks (CUDA, libtorch): exit code 3, with what to do about it.</summary>
public sealed class MissingCapabilityException(string message) : Exception(message);
