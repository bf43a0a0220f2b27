using System.Globalization;
using RnnTrain.Cells;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>
/// What a stack of recurrent layers remembers of each example between two windows of its sequence: one <see cref="CellState"/> a layer
/// and direction. Whoever holds it beyond a dispose scope owns it.
/// </summary>
public sealed class RecurrentState : IDisposable
{
    private readonly IReadOnlyList<IReadOnlyList<StatePart>> parts;
    private readonly CellState[][] layers;

    /// <param name="parts">A row a layer: what one direction remembers.</param>
    /// <param name="layers">A row a layer, in it one state a direction.</param>
    public RecurrentState(IReadOnlyList<IReadOnlyList<StatePart>> parts, CellState[][] layers)
    {
        this.parts = parts;
        this.layers = layers;
    }

    public int Layers => layers.Length;

    /// <summary>Examples.</summary>
    public long Batch => layers[0][0].Hidden.size(0);

    /// <summary>The states of one layer, one a direction.</summary>
    public CellState[] this[int layer] => layers[layer];

    /// <summary>The same values, cut from the graph: no gradient flows back through them.</summary>
    public RecurrentState Detach() => Map(tensor => tensor.detach());

    /// <summary>A copy of its own.</summary>
    public RecurrentState Clone() => Map(tensor => tensor.clone());

    /// <summary>The state of some examples, in the order asked for, also more than once.</summary>
    /// <param name="examples">Indices of type Int64: [chosen].</param>
    public RecurrentState Select(Tensor examples) =>
        Map(tensor => tensor.index_select(0, examples)); // [batch, …] → [chosen, …]

    /// <summary>Hands the tensors to the dispose scope around the current one, or to nobody where there is none; returns itself.</summary>
    public RecurrentState MoveToOuterDisposeScope()
    {
        foreach (var (_, tensor) in NamedTensors()) tensor.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>Takes the tensors out of every dispose scope; returns itself.</summary>
    public RecurrentState DetachFromDisposeScope()
    {
        foreach (var (_, tensor) in NamedTensors()) tensor.DetachFromDisposeScope();
        return this;
    }

    /// <summary>
    /// Its tensors for a checkpoint: `h.0`, `c.0`, `h.1` …, counted over layers and within a layer over directions; each [batch, …].
    /// </summary>
    public IEnumerable<(string Name, Tensor Value)> NamedTensors()
    {
        var index = 0;
        for (var layer = 0; layer < layers.Length; layer++)
        {
            foreach (var state in layers[layer])
            {
                for (var part = 0; part < state.Count; part++) yield return (Name(parts[layer][part].Name, index), state[part]);
                index++;
            }
        }
    }

    /// <summary>The state whose tensors are made from this one's, each under its name in <see cref="NamedTensors"/>.</summary>
    public RecurrentState Map(Func<string, Tensor, Tensor> change)
    {
        using var changed = NamedTensors().Select(named => change(named.Name, named.Value)).GetEnumerator();
        return new(parts, [.. layers.Select(layer => layer.Select(state => state.Map(_ => Next())).ToArray())]);

        Tensor Next() => changed.MoveNext() ? changed.Current : throw new InvalidOperationException("there are fewer tensors than parts");
    }

    public void Dispose()
    {
        foreach (var (_, tensor) in NamedTensors()) tensor.Dispose();
    }

    /// <summary>`h.0`.</summary>
    internal static string Name(string letter, int index) => string.Create(CultureInfo.InvariantCulture, $"{letter}.{index}");

    private RecurrentState Map(Func<Tensor, Tensor> change) => Map((_, tensor) => change(tensor));
}
