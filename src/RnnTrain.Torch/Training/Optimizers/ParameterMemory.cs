using System.Runtime.InteropServices;
using RnnTrain.Cells;
using RnnTrain.Tensors;

namespace RnnTrain.Training.Optimizers;

/// <summary>
/// Where the parameters and their gradients lie in CPU memory, cut into units of about equal work. The cut depends on the shapes (and on
/// the rows of a gradient by rows) alone, never on the number of threads, so whatever is summed unit after unit is always the same.
/// </summary>
internal sealed unsafe class ParameterMemory(IReadOnlyList<NamedParameter> parameters)
{
    /// <summary>Numbers in a unit: small enough that its weights, gradient and memory stay in a core's cache, large enough to be worth a claim.</summary>
    public const int UnitSize = 16384;

    private readonly List<Stretch> stretches = [];
    private readonly List<int> unitStarts = [0];
    private readonly List<int> others = [];
    private int inUnit;

    /// <summary>Units of work.</summary>
    public int Units => unitStarts.Count - 1;

    /// <summary>Indices of the parameters that have a gradient, but lie elsewhere or in another form: tensor operations have to do.</summary>
    public IReadOnlyList<int> Others => others;

    /// <summary>The pieces of one unit.</summary>
    public ReadOnlySpan<Stretch> this[int unit] =>
        CollectionsMarshal.AsSpan(stretches)[unitStarts[unit]..unitStarts[unit + 1]];

    /// <summary>Looks up where everything is now; gradients move from step to step.</summary>
    /// <param name="rowsOnly">True where gradients of zero need no visit.</param>
    /// <param name="memory">An optimizer's buffers over all parameters in their order.</param>
    public void Find(bool rowsOnly, OptimizerMemory memory = default)
    {
        stretches.Clear();
        unitStarts.RemoveRange(1, unitStarts.Count - 1);
        others.Clear();
        inUnit = 0;
        for (var i = 0; i < parameters.Count; i++)
        {
            var weight = parameters[i].Parameter; // [any]
            Find(i, rowsOnly, memory);
            memory = memory.From(weight.numel());
        }

        if (inUnit > 0) unitStarts.Add(stretches.Count);
    }

    private void Find(int index, bool rowsOnly, OptimizerMemory memory)
    {
        var (weight, rows) = (parameters[index].Parameter, parameters[index].Rows); // [any]
        using var gradient = weight.grad; // [any]
        if (gradient is null) return;
        if (!FloatMemory.Holds(weight) || !FloatMemory.Holds(gradient))
        {
            others.Add(index);
            return;
        }

        var whole = new Stretch(FloatMemory.Of(weight), FloatMemory.Of(gradient), memory, 0);
        if (rowsOnly && rows is not null && rows.Describes(gradient))
        {
            var features = weight.size(1);
            foreach (var row in rows.Rows) Add(whole.Slice(row * features, (int)features));
            return;
        }

        var count = weight.numel();
        for (long from = 0; from < count; from += UnitSize) Add(whole.Slice(from, (int)Math.Min(UnitSize, count - from)));
    }

    private void Add(Stretch stretch)
    {
        stretches.Add(stretch);
        inUnit += stretch.Count;
        if (inUnit < UnitSize) return;
        unitStarts.Add(stretches.Count);
        inUnit = 0;
    }
}
