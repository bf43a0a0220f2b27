using RnnTrain.Configuration;

namespace RnnTrain.Layers;

/// <summary>What a stack of recurrent layers is made from.</summary>
public sealed record StackOptions
{
    /// <summary>The cell of every layer and direction.</summary>
    public required CellOptions Cell { get; init; }

    /// <summary>Features of a time step of the first layer's input.</summary>
    public required long InputSize { get; init; }

    /// <summary>Hidden units a layer and direction.</summary>
    public required long HiddenSize { get; init; }

    public int Layers { get; init; } = 1;

    public bool Bidirectional { get; init; }

    /// <summary>Share of values set to zero in training between one layer and the next.</summary>
    public double DropoutBetweenLayers { get; init; }

    public LayerPath Path { get; init; } = LayerPath.Auto;

    /// <summary>What computes a fused layer.</summary>
    public ComputeEngine Engine { get; init; } = ComputeEngine.Auto;

    public int Directions => Bidirectional ? 2 : 1;

    /// <summary>The recurrent part of a model's options.</summary>
    public static StackOptions Of(ModelOptions model, long inputSize) => new()
    {
        Cell = model.Cell,
        InputSize = inputSize,
        HiddenSize = model.HiddenSize ?? throw new UserMistakeException("model.hidden_size: missing; add a whole number of at least 1"),
        Layers = model.Layers,
        Bidirectional = model.Bidirectional,
        DropoutBetweenLayers = model.Dropout.BetweenLayers,
        Path = model.Path,
    };
}
