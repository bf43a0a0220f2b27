using RnnTrain.Cells;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>What one layer and direction remembers before the first time step, learned: the same for every example of a batch.</summary>
public sealed class InitialState : nn.Module
{
    private readonly IReadOnlyList<StatePart> parts;

    public InitialState(IReadOnlyList<StatePart> parts)
        : base(nameof(InitialState))
    {
        this.parts = parts;
        foreach (var part in parts) register_parameter(part.Name, RecurrentCell.NewParameter([.. part.Shape]));
    }

    /// <summary>The state of so many examples: [batch, …] each part.</summary>
    public CellState Of(long batch) =>
        new([.. parts.Select(part => get_parameter(part.Name)!.unsqueeze(0).expand([batch, .. part.Shape]))]); // […] → [batch, …]

    /// <summary>`initial_h`, `initial_c` …</summary>
    public IReadOnlyList<NamedParameter> NamedParameters() =>
        [.. parts.Select(part => new NamedParameter($"initial_{part.Name}", get_parameter(part.Name)!, ParameterRole.InitialState))];
}
