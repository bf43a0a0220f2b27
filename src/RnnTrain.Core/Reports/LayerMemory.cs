using System.Globalization;

namespace RnnTrain.Reports;

/// <summary>What `rnn diagnose` measured of one direction of one recurrent layer.</summary>
public sealed record LayerMemory
{
    /// <summary>Counted from 0.</summary>
    public required int Layer { get; init; }

    /// <summary>True for the direction that reads from the end to the beginning.</summary>
    public required bool IsBackward { get; init; }

    /// <summary>
    /// ‖∂loss/∂state‖ 0, 1, 2 … steps before the loss, the mean over the examples; the state is everything the cell remembers (h and c of
    /// an LSTM).
    /// </summary>
    public required IReadOnlyList<double> GradientNorms { get; init; }

    /// <summary>The same of each part of the state alone: h, c.</summary>
    public required IReadOnlyList<(string Part, IReadOnlyList<double> Norms)> PartNorms { get; init; }

    /// <summary>The largest singular value of ∂state_t/∂state_(t−1) of one example, on a sample of its steps.</summary>
    public required IReadOnlyList<(int StepsBack, double Value)> JacobianNorms { get; init; }

    /// <summary>The share of activations where a non-linearity hardly lets a gradient through, 0 to 1.</summary>
    public required IReadOnlyList<(string Gate, double Share)> Saturation { get; init; }

    /// <summary>The share of units whose output is the same at every step of every example, 0 to 1.</summary>
    public required double DeadUnits { get; init; }

    /// <summary>The largest absolute eigenvalue of each block of the recurrent matrix.</summary>
    public required IReadOnlyList<(string Block, double Value)> SpectralRadii { get; init; }

    /// <summary>How far back the loss reaches through this layer.</summary>
    public GradientReach Reach => GradientReach.Of(GradientNorms);

    /// <summary>`layer 0`, `layer 1 backward`.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"layer {Layer}{(IsBackward ? " backward" : "")}");
}
