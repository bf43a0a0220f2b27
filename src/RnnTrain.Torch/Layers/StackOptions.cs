using RnnTrain.Configuration;

namespace RnnTrain.Layers;

/// <summary>What a stack of recurrent layers is made from.</summary>
public sealed record StackOptions
{
    /// <summary>The cell of every layer and direction.</summary>
    public required CellOptions Cell { get; init; }

    /// <summary>Features of a time step of the first layer's input.</summary>
    public required long InputSize { get; init; }

    /// <summary>Hidden units a layer and direction, where all layers have as many.</summary>
    public long HiddenSize { get; init; }

    /// <summary>How many layers of <see cref="HiddenSize"/> there are.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Hidden units of each layer in one direction.</summary>
    public IReadOnlyList<long> HiddenSizes { get => field ?? [.. Enumerable.Repeat(HiddenSize, Layers)]; init; }

    public bool Bidirectional { get; init; }

    /// <summary>How the outputs of two directions become one.</summary>
    public DirectionCombination Combine { get; init; } = DirectionCombination.Concatenate;

    /// <summary>How a layer's output is connected with its input, from the second layer on.</summary>
    public LayerConnections Connections { get; init; } = LayerConnections.None;

    /// <summary>Whether the state before the first step is learned; zero otherwise.</summary>
    public bool LearnedInitialState { get; init; }

    /// <summary>Shares of the state that keep their last value in training; null for none.</summary>
    public ZoneoutOptions? Zoneout { get; init; }

    /// <summary>Share of values set to zero in training between one layer and the next.</summary>
    public double DropoutBetweenLayers { get; init; }

    /// <summary>Whether these are the same at all time steps.</summary>
    public bool LockedDropout { get; init; }

    /// <summary>Whether weights of the recurrent matrices are dropped in training.</summary>
    public bool DropsRecurrentWeights { get; init; }

    public LayerPath Path { get; init; } = LayerPath.Auto;

    /// <summary>What computes a fused layer.</summary>
    public ComputeEngine Engine { get; init; } = ComputeEngine.Auto;

    public int Directions => Bidirectional ? 2 : 1;

    /// <summary>Features that a layer puts out, both directions combined.</summary>
    public long OutputSizeOf(int layer) =>
        Cell.OutputSize(HiddenSizes[layer]) * (Combine == DirectionCombination.Concatenate ? Directions : 1);

    /// <summary>The recurrent part of a model's options.</summary>
    public static StackOptions Of(ModelOptions model, long inputSize) => new()
    {
        Cell = model.Cell,
        InputSize = inputSize,
        HiddenSizes = [.. (model.HasSizes ? model : throw new UserMistakeException("model.hidden_size: missing; add a whole number of at least 1, or give layer_sizes")).HiddenSizes],
        Bidirectional = model.Bidirectional,
        Combine = model.Combine,
        Connections = model.Connections,
        LearnedInitialState = model.LearnedInitialState,
        Zoneout = model.Zoneout,
        DropoutBetweenLayers = model.Dropout.BetweenLayers,
        LockedDropout = model.Dropout.Locked,
        DropsRecurrentWeights = model.Dropout.RecurrentWeights > 0,
        Path = model.Path,
    };
}
