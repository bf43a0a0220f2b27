using RnnTrain.Cells;
using RnnTrain.Configuration;

namespace RnnTrain.Layers;

/// <summary>What must hold between the options of a stack of recurrent layers: each combination that is impossible, with the nearest that is not.</summary>
public static class StackRules
{
    private static readonly IReadOnlyList<Func<StackOptions, ConfigMistake?>> Rules =
        [CellFitsItsSize, CellHasTheFusedPath, ZoneoutLeavesTheFusedPath, StateCanBeZonedOut, LayersCanBeConnected, WeightsCanBeDropped];

    /// <summary>What stands against such a stack; empty where nothing does.</summary>
    public static IEnumerable<ConfigMistake> Mistakes(StackOptions options) => Rules.Select(rule => rule(options)).OfType<ConfigMistake>();

    /// <exception cref="UserMistakeException">Something stands against such a stack.</exception>
    public static void Require(StackOptions options)
    {
        var mistakes = Mistakes(options).Select(mistake => $"{mistake.Path}: {mistake.What}").ToList();
        if (mistakes.Count > 0) throw new UserMistakeException(mistakes);
    }

    private static ConfigMistake? CellFitsItsSize(StackOptions options) =>
        options.HiddenSizes.Select(size => options.Cell.Mistake(size)).FirstOrDefault(mistake => mistake is not null);

    private static ConfigMistake? CellHasTheFusedPath(StackOptions options) =>
        options.Path == LayerPath.Fused && CellTable.FusedTwinOf(options.Cell) is { Kernel: null, Reason: var reason }
            ? new ConfigMistake("model.path", $"fused is not possible, {reason}; use auto or unrolled") : null;

    private static ConfigMistake? ZoneoutLeavesTheFusedPath(StackOptions options) => options is { Path: LayerPath.Fused, Zoneout: not null }
        ? new ConfigMistake("model.path", "fused is not possible, zoneout changes the state between two steps; use auto, or dropout.recurrent_weights in place of zoneout")
        : null;

    private static ConfigMistake? StateCanBeZonedOut(StackOptions options)
    {
        if (options.Zoneout is not { } zoneout || CellFitsItsSize(options) is not null) return null;
        using var cell = NewCell(options);
        var names = cell.StateParts.Select(part => part.Name).ToList();
        var name = CellTable.Cells.NameOf(options.Cell);
        if (names.FirstOrDefault() != Zoneout.HiddenName)
        {
            return new ConfigMistake("model.zoneout", $"{name} remembers {string.Join(", ", names)} and no h that it puts out; use dropout.between_layers, or the cell lstm");
        }

        return zoneout.Memory > 0 && !names.Contains(Zoneout.MemoryName)
            ? new ConfigMistake("model.zoneout.memory", $"{name} has no memory c besides h; use model.zoneout.hidden alone") : null;
    }

    private static ConfigMistake? LayersCanBeConnected(StackOptions options)
    {
        if (options.Connections == LayerConnections.None) return null;
        var connections = options.Connections.ToString().ToLowerInvariant();
        if (options.HiddenSizes.Count == 1) return new ConfigMistake("model.connections", $"{connections} connects a layer with the one below, and there is one layer; use none, or more layers");
        for (var layer = 1; layer < options.HiddenSizes.Count; layer++)
        {
            var (read, written) = (options.OutputSizeOf(layer - 1), options.OutputSizeOf(layer));
            if (read == written) continue;
            return new ConfigMistake(
                "model.connections",
                $"{connections} needs layers that put out as many features as they read, but layer {layer} reads {read} and puts out {written}; make all sizes equal, or use none");
        }

        return null;
    }

    private static ConfigMistake? WeightsCanBeDropped(StackOptions options)
    {
        if (!options.DropsRecurrentWeights || CellFitsItsSize(options) is not null) return null;
        using var cell = NewCell(options);
        return cell.NamedParameters().Any(parameter => parameter.Role == ParameterRole.RecurrentWeight)
            ? null
            : new ConfigMistake(
                "model.dropout.recurrent_weights",
                $"weight drop on {CellTable.Cells.NameOf(options.Cell)}: the cell has no recurrent matrix; use dropout.between_layers, or a cell that has one, such as lstm, gru or elman");
    }

    private static RecurrentCell NewCell(StackOptions options) =>
        CellTable.Cells.Create(options.Cell, new CellSizes(options.InputSize, options.HiddenSizes[0]));
}
