using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>
/// Recurrent layers one above the other, with dropout between them. Its parameters bear the names that PyTorch's nn.LSTM, nn.GRU and
/// nn.RNN give them, whichever path computes the layers.
/// </summary>
public sealed class RecurrentStack : nn.Module
{
    private readonly StackOptions options;
    private readonly SequenceLayer[] layers;
    private IStepObserver? observer;
    private readonly IReadOnlyList<IReadOnlyList<StatePart>> stateParts; // a row a layer

    /// <exception cref="UserMistakeException">The fused path is asked for, and the cell has none; or the cell cannot be of that size.</exception>
    public RecurrentStack(StackOptions options)
        : base(nameof(RecurrentStack))
    {
        this.options = options;
        Description = Describe(options);
        layers = [.. Description.Select(layer => NewLayer(options, layer))];
        stateParts = [.. layers.Select(layer => layer.StateParts)];
        for (var layer = 0; layer < layers.Length; layer++) register_module($"layer{layer}", layers[layer]);
    }

    /// <summary>How each layer is computed, and why so.</summary>
    public IReadOnlyList<LayerDescription> Description { get; }

    /// <summary>Features of a time step of the output: directions · hidden.</summary>
    public long OutputSize => layers[^1].OutputSize;

    /// <summary>How each layer of such a stack would be computed, without making it.</summary>
    /// <exception cref="UserMistakeException">The fused path is asked for, and the cell has none; or the cell cannot be of that size.</exception>
    public static IReadOnlyList<LayerDescription> Describe(StackOptions options)
    {
        if (options.Cell.Mistake(options.HiddenSize) is { } mistake) throw new UserMistakeException($"{mistake.Path}: {mistake.What}");
        var twin = CellTable.FusedTwinOf(options.Cell);
        if (options.Path == LayerPath.Fused && twin.Kernel is null)
        {
            throw new UserMistakeException($"model.path: fused is not possible, {twin.Reason}; use auto or unrolled");
        }

        var (computation, reason) = (options.Path, twin.Kernel, options.Cell.IsParallel) switch
        {
            (LayerPath.Unrolled, _, _) => (LayerComputation.Unrolled, "model.path is unrolled"),
            (_, not null, _) => (LayerComputation.Fused, $"{twin.Reason}; {EngineReason(options.Engine)}"),
            (_, _, true) => (LayerComputation.Parallel, "no step of this cell waits for the one before"),
            _ => (LayerComputation.Unrolled, twin.Reason),
        };
        return
        [
            .. Enumerable.Range(0, options.Layers).Select(layer => new LayerDescription(
                layer,
                CellTable.Cells.NameOf(options.Cell),
                layer == 0 ? options.InputSize : options.Directions * options.Cell.OutputSize(options.HiddenSize),
                options.HiddenSize,
                options.Directions,
                computation,
                reason)),
        ];
    }

    /// <summary>Reads a batch of sequences.</summary>
    /// <param name="input">[time, batch, features].</param>
    /// <param name="initial">From <see cref="ZeroState"/>, or what the window before ended with.</param>
    /// <param name="lengths">Where each example of a right-padded batch ends; all at the last step if null.</param>
    /// <returns>The output, [time, batch, directions · hidden], zero beyond an example's length; and each example's state at its length.</returns>
    public (Tensor Output, RecurrentState Final) Forward(Tensor input, RecurrentState initial, Lengths? lengths = null)
    {
        if (initial.Layers != layers.Length)
        {
            throw new ArgumentException($"the state has {initial.Layers} layers, but the stack has {layers.Length}");
        }

        var drops = options.DropoutBetweenLayers > 0 && training;
        var final = new CellState[layers.Length][];
        var output = input; // [time, batch, features]
        for (var layer = 0; layer < layers.Length; layer++)
        {
            // [time, batch, directions · hidden]
            if (layer > 0 && drops) output = nn.functional.dropout(output, options.DropoutBetweenLayers);
            (output, final[layer]) = layers[layer].Forward(output, initial[layer], lengths); // [time, batch, directions · hidden]
        }

        observer?.OnOutput(output, lengths);
        return (output, new RecurrentState(stateParts, final));
    }

    /// <summary>Shows every step of every layer to an observer from now on, or to nobody.</summary>
    /// <exception cref="InvalidOperationException">A layer does not take the unrolled path.</exception>
    public void ObserveSteps(IStepObserver? observer)
    {
        for (var layer = 0; layer < layers.Length; layer++) layers[layer].ObserveSteps(observer, layer);
        this.observer = observer;
    }

    /// <summary>The state before the first time step, on the parameters' device and of their type.</summary>
    public RecurrentState ZeroState(long batch) =>
        NewState((_, part, like) => zeros([batch, .. part.Shape], like.dtype, like.device)); // [batch, …]

    /// <summary>The state that <see cref="RecurrentState.NamedTensors"/> wrote, as copies on the parameters' device and of their type.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or has another shape.</exception>
    public RecurrentState RestoreState(IReadOnlyDictionary<string, Tensor> saved)
    {
        long? batch = null;
        return NewState((name, part, like) =>
        {
            var value = Find(name); // [batch, …]
            batch ??= value.size(0);
            if (part.Fits(value, batch.Value)) return value.to(like.dtype, like.device, copy: true);
            var found = string.Join(", ", value.shape);
            throw new InvalidDataException($"the recurrent state '{name}' is [{found}], but [batch = {batch}, {part.ShapeText}] is needed");
        });

        Tensor Find(string name) =>
            saved.TryGetValue(name, out var value) ? value : throw new InvalidDataException($"the recurrent state '{name}' is missing");
    }

    /// <summary>
    /// All parameters in PyTorch's order: `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`, `weight_ih_l0_reverse` …, `weight_ih_l1`.
    /// </summary>
    public IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        .. from layer in Enumerable.Range(0, layers.Length)
           from direction in Enumerable.Range(0, options.Directions)
           from parameter in layers[layer].NamedParameters(direction)
           select parameter with { Name = $"{parameter.Name}_l{layer}{(direction == 1 ? "_reverse" : "")}" },
    ];

    /// <summary>Copies the weights of an nn.LSTM, nn.GRU or nn.RNN of the same sizes into this stack.</summary>
    /// <exception cref="UserMistakeException">A name is missing or unexpected, or a shape differs; one line each.</exception>
    public void LoadParameters(IReadOnlyDictionary<string, Tensor> weights) => ParameterLoading.Load(NamedParameters(), weights);

    private static string EngineReason(ComputeEngine engine)
    {
        var choice = EngineChoice.Of(engine, CPU);
        return choice.UsesOneDnn ? $"by {choice.Reason} on the CPU in fp32, else by libtorch" : $"by libtorch, since {choice.Reason}";
    }

    private static SequenceLayer NewLayer(StackOptions options, LayerDescription layer)
    {
        var sizes = new CellSizes(layer.InputSize, layer.HiddenSize, layer.Layer, options.Engine);
        return layer.Directions == 2 ? new BidirectionalLayer(OneDirection(), OneDirection()) : OneDirection();

        SequenceLayer OneDirection() => layer.Computation switch
        {
            LayerComputation.Fused => new FusedLayer(CellTable.FusedTwinOf(options.Cell).Kernel!.Value, sizes, options.Engine),
            LayerComputation.Parallel => new ParallelLayer(CellTable.Cells.Create(options.Cell, sizes)),
            _ => new RecurrentLayer(CellTable.Cells.Create(options.Cell, sizes)),
        };
    }

    private RecurrentState NewState(Func<string, StatePart, Tensor, Tensor> create)
    {
        var like = layers[0].NamedParameters(0)[0].Parameter;
        var index = 0;
        var states = layers.Select(layer => Enumerable.Range(0, options.Directions).Select(_ => One(layer, index++)).ToArray());
        return new(stateParts, [.. states]);

        CellState One(SequenceLayer layer, int at) =>
            new([.. layer.StateParts.Select(part => create(RecurrentState.Name(part.Name, at), part, like))]); // [batch, …] each
    }
}
