using static TorchSharp.torch;

namespace RnnTrain.Cells;

/// <summary>The function that an <see cref="Activation"/> names.</summary>
internal static class ActivationFunction
{
    /// <summary>f(sum), element by element; any shape.</summary>
    public static Tensor Of(Activation activation, Tensor sum) => activation switch
    {
        Activation.Tanh => sum.tanh(), // any shape
        Activation.Relu => sum.relu(), // any shape
        Activation.Sigmoid => sum.sigmoid(), // any shape
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "no such activation"),
    };

    /// <summary>Where it is saturated.</summary>
    public static GateKind KindOf(Activation activation) =>
        activation switch { Activation.Relu => GateKind.Relu, Activation.Sigmoid => GateKind.Sigmoid, _ => GateKind.Tanh };
}
