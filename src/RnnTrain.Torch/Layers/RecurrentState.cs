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
    private readonly CellState[][] layers;

    /// <param name="layers">A row a layer, in it one state a direction.</param>
    public RecurrentState(CellState[][] layers)
    {
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
        Map(tensor => tensor.index_select(0, examples)); // [batch, hidden] → [chosen, hidden]

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
    /// Its tensors for a checkpoint: `h.0`, `c.0`, `h.1` …, counted over layers and within a layer over directions; each [batch, hidden].
    /// </summary>
    public IEnumerable<(string Name, Tensor Value)> NamedTensors()
    {
        var index = 0;
        foreach (var state in layers.SelectMany(layer => layer))
        {
            yield return (Name("h", index), state.Hidden);
            if (state.Memory is not null) yield return (Name("c", index), state.Memory);
            index++;
        }
    }

    public void Dispose()
    {
        foreach (var (_, tensor) in NamedTensors()) tensor.Dispose();
    }

    /// <summary>`h.0`.</summary>
    internal static string Name(string letter, int index) => string.Create(CultureInfo.InvariantCulture, $"{letter}.{index}");

    private RecurrentState Map(Func<Tensor, Tensor> change) =>
        new([.. layers.Select(layer => layer.Select(state => state.Map(change)).ToArray())]);
}
