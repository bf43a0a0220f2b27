using RnnTrain.Configuration;

namespace RnnTrain.Models.Initializations;

/// <summary>Nothing: an initialisation is made from its options alone.</summary>
public readonly record struct InitializationArguments;

/// <summary>Every initialisation of the weights.</summary>
public static class InitializationTable
{
    public static Registry<InitializationOptions, InitializationArguments, Initialization> Initializations { get; } = new("initializations")
    {
        { "pytorch", (PyTorchInitializationOptions o, InitializationArguments _) => new PyTorchInitialization(o) },
        { "uniform", (UniformInitializationOptions o, InitializationArguments _) => new UniformInitialization(o) },
        { "xavier", (XavierInitializationOptions o, InitializationArguments _) => new XavierInitialization(o) },
        { "orthogonal", (OrthogonalInitializationOptions o, InitializationArguments _) => new OrthogonalInitialization(o) },
        { "file", (FileInitializationOptions o, InitializationArguments _) => new FileInitialization(o) },
    };

    /// <summary>The initialisation of these options; PyTorch's own distributions if there are none.</summary>
    public static Initialization Create(InitializationOptions? options) =>
        Initializations.Create(options ?? new PyTorchInitializationOptions(), default);
}
