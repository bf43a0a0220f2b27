using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>
/// Recurrent layers one above the other, with dropout and connections between them. Its parameters bear the names that PyTorch's nn.LSTM,
/// nn.GRU and nn.RNN give them, whichever path computes the layers.
/// </summary>
public sealed class RecurrentStack : nn.Module
{
    private readonly StackOptions options;
    private readonly SequenceDropout dropout;
    private readonly SequenceLayer[] layers;
    private readonly HighwayGate?[] gates; // a row a layer; the first has none
    private readonly InitialState[][] initialStates; // a row a layer, in it one a direction; none where they are zero
    private readonly IReadOnlyList<IReadOnlyList<StatePart>> stateParts; // a row a layer
    private IStepObserver? observer;

    /// <exception cref="UserMistakeException">See <see cref="StackRules"/>.</exception>
    public RecurrentStack(StackOptions options)
        : base(nameof(RecurrentStack))
    {
        this.options = options;
        dropout = new SequenceDropout(options.DropoutBetweenLayers, options.LockedDropout);
        Description = Describe(options);
        layers = [.. Description.Select(layer => NewLayer(options, layer))];
        stateParts = [.. layers.Select(layer => layer.StateParts)];
        gates = [.. layers.Select((layer, i) => i > 0 && options.Connections == LayerConnections.Highway ? new HighwayGate(layer.OutputSize) : null)];
        initialStates = options.LearnedInitialState ? [.. layers.Select(NewInitialStates)] : [];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            register_module($"layer{layer}", layers[layer]);
            if (gates[layer] is { } gate) register_module($"highway{layer}", gate);
        }

        foreach (var (state, index) in initialStates.SelectMany(states => states).Select((state, index) => (state, index)))
        {
            register_module($"initial{index}", state);
        }
    }

    /// <summary>How each layer is computed, and why so.</summary>
    public IReadOnlyList<LayerDescription> Description { get; }

    /// <summary>Features of a time step of the output.</summary>
    public long OutputSize => layers[^1].OutputSize;

    /// <summary>Multiplications with addition in the matrix products of a time step.</summary>
    public long MultiplyAddsPerStep => NamedParameters().Where(IsMatrix).Sum(parameter => parameter.Parameter.numel());

    /// <summary>
    /// Numbers of a time step that the backward pass needs, an estimate: the gates before and after their non-linearity, the state (h and c of an LSTM),
    /// and what is put out of it (tanh(c)).
    /// </summary>
    public long KeptPerStep
    {
        get
        {
            using var scope = NewDisposeScope();
            var gates = NamedParameters().Where(parameter => parameter.Role == ParameterRole.InputWeight).Sum(parameter => parameter.Shape[0]);
            var state = ZeroState(batch: 1).NamedTensors().Sum(part => part.Value.numel());
            return (2 * gates) + state + Description.Sum(layer => layer.Directions * layer.HiddenSize);
        }
    }

    /// <summary>How each layer of such a stack would be computed, without making it.</summary>
    /// <exception cref="UserMistakeException">See <see cref="StackRules"/>.</exception>
    public static IReadOnlyList<LayerDescription> Describe(StackOptions options)
    {
        StackRules.Require(options);
        var (computation, reason) = PathOf(options);
        return
        [
            .. options.HiddenSizes.Select((hidden, layer) => new LayerDescription(
                layer,
                CellTable.Cells.NameOf(options.Cell),
                layer == 0 ? options.InputSize : options.OutputSizeOf(layer - 1),
                hidden,
                options.Directions,
                computation,
                reason)),
        ];
    }

    /// <summary>Reads a batch of sequences.</summary>
    /// <param name="input">[time, batch, features].</param>
    /// <param name="initial">From <see cref="NewState"/>, or what the window before ended with.</param>
    /// <param name="lengths">Where each example of a right-padded batch ends; all at the last step if null.</param>
    /// <param name="truncateAfter">
    /// Truncated back-propagation through time: the gradient of the state is cut after every so many steps. Only without lengths.
    /// </param>
    /// <returns>The output, [time, batch, output], zero beyond an example's length; and each example's state at its length.</returns>
    public (Tensor Output, RecurrentState Final) Forward(
        Tensor input, RecurrentState initial, Lengths? lengths = null, int truncateAfter = int.MaxValue)
    {
        if (initial.Layers != layers.Length)
        {
            throw new ArgumentException($"the state has {initial.Layers} layers, but the stack has {layers.Length}");
        }

        var final = new CellState[layers.Length][];
        var x = input; // [time, batch, features]
        for (var layer = 0; layer < layers.Length; layer++)
        {
            var read = layer == 0 ? x : dropout.Apply(x, training); // [time, batch, features]
            (var y, final[layer]) = lengths is not null || x.size(0) <= truncateAfter
                ? layers[layer].Forward(read, initial[layer], lengths) // [time, batch, output]
                : ForwardInPieces(layers[layer], read, initial[layer], truncateAfter); // [time, batch, output]
            x = layer == 0 ? y : Connected(layer, x, y); // [time, batch, output]
        }

        observer?.OnOutput(x, lengths);
        return (x, new RecurrentState(stateParts, final));
    }

    /// <summary>Shows every step of every layer to an observer from now on, or to nobody.</summary>
    /// <exception cref="InvalidOperationException">A layer does not take the unrolled path.</exception>
    public void ObserveSteps(IStepObserver? observer)
    {
        for (var layer = 0; layer < layers.Length; layer++) layers[layer].ObserveSteps(observer, layer);
        this.observer = observer;
    }

    /// <summary>A state of zeros, on the parameters' device and of their type.</summary>
    public RecurrentState ZeroState(long batch) =>
        MakeState((_, part, like) => zeros([batch, .. part.Shape], like.dtype, like.device)); // [batch, …]

    /// <summary>The state before the first time step: what was learned of it, or zeros.</summary>
    public RecurrentState NewState(long batch) => options.LearnedInitialState
        ? new RecurrentState(stateParts, [.. initialStates.Select(states => states.Select(state => state.Of(batch)).ToArray())])
        : ZeroState(batch);

    /// <summary>The state that <see cref="RecurrentState.NamedTensors"/> wrote, as copies on the parameters' device and of their type.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or has another shape.</exception>
    public RecurrentState RestoreState(IReadOnlyDictionary<string, Tensor> saved)
    {
        long? batch = null;
        return MakeState((name, part, like) =>
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
    /// All parameters in PyTorch's order: `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`, `weight_ih_l0_reverse` …, `weight_ih_l1`;
    /// after those of a layer's cells what PyTorch does not have: `initial_h_l0`, `highway_weight_l1`.
    /// </summary>
    public IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        .. from layer in Enumerable.Range(0, layers.Length)
           from parameter in NamedParameters(layer)
           select parameter,
    ];

    /// <summary>Copies the weights of an nn.LSTM, nn.GRU or nn.RNN of the same sizes into this stack.</summary>
    /// <exception cref="UserMistakeException">A name is missing or unexpected, or a shape differs; one line each.</exception>
    public void LoadParameters(IReadOnlyDictionary<string, Tensor> weights) => ParameterLoading.Load(NamedParameters(), weights);

    private static bool IsMatrix(NamedParameter parameter) =>
        parameter.Role is ParameterRole.InputWeight or ParameterRole.RecurrentWeight or ParameterRole.ProjectionWeight;

    private static string EngineReason(ComputeEngine engine)
    {
        var choice = EngineChoice.Of(engine, CPU);
        return choice.UsesOneDnn ? $"by {choice.Reason} on the CPU in fp32, else by libtorch" : $"by libtorch, since {choice.Reason}";
    }

    private static (LayerComputation Computation, string Reason) PathOf(StackOptions options)
    {
        var twin = CellTable.FusedTwinOf(options.Cell);
        if (options.Path == LayerPath.Unrolled) return (LayerComputation.Unrolled, "model.path is unrolled");
        if (twin.Kernel is null && !options.Cell.IsParallel) return (LayerComputation.Unrolled, twin.Reason);
        if (options.Zoneout is not null) return (LayerComputation.Unrolled, "zoneout changes the state between two steps");
        return twin.Kernel is not null
            ? (LayerComputation.Fused, $"{twin.Reason}; {EngineReason(options.Engine)}")
            : (LayerComputation.Parallel, "no step of this cell waits for the one before");
    }

    private static SequenceLayer NewLayer(StackOptions options, LayerDescription layer)
    {
        var sizes = new CellSizes(layer.InputSize, layer.HiddenSize, layer.Layer, options.Engine);
        return layer.Directions == 2 ? new BidirectionalLayer(OneDirection(), OneDirection(), options.Combine) : OneDirection();

        SequenceLayer OneDirection() => layer.Computation switch
        {
            LayerComputation.Fused => new FusedLayer(CellTable.FusedTwinOf(options.Cell).Kernel!.Value, sizes, options.Engine),
            LayerComputation.Parallel => new ParallelLayer(CellTable.Cells.Create(options.Cell, sizes)),
            _ => new RecurrentLayer(CellTable.Cells.Create(options.Cell, sizes), options.Zoneout),
        };
    }

    private static InitialState[] NewInitialStates(SequenceLayer layer) =>
        [.. Enumerable.Range(0, layer.Directions).Select(_ => new InitialState(layer.StateParts))];

    /// <summary>The parameters of a layer with the names of the stack.</summary>
    private IEnumerable<NamedParameter> NamedParameters(int layer)
    {
        for (var direction = 0; direction < options.Directions; direction++)
        {
            IEnumerable<NamedParameter> initial = options.LearnedInitialState ? initialStates[layer][direction].NamedParameters() : [];
            foreach (var parameter in layers[layer].NamedParameters(direction).Concat(initial))
            {
                yield return parameter with { Name = $"{parameter.Name}_l{layer}{(direction == 1 ? "_reverse" : "")}" };
            }
        }

        foreach (var parameter in gates[layer]?.NamedParameters() ?? []) yield return parameter with { Name = $"{parameter.Name}_l{layer}" };
    }

    /// <summary>What goes on from a layer that read x and put out y.</summary>
    private Tensor Connected(int layer, Tensor x, Tensor y) => options.Connections switch
    {
        LayerConnections.Residual => x + y, // [time, batch, output]
        LayerConnections.Highway => gates[layer]!.Forward(x, y), // [time, batch, output]
        _ => y,
    };

    private static (Tensor Output, CellState[] Final) ForwardInPieces(SequenceLayer layer, Tensor input, CellState[] state, int steps)
    {
        var time = input.size(0);
        var pieces = new List<Tensor>();
        for (long start = 0; start < time; start += steps)
        {
            if (start > 0) state = [.. state.Select(one => one.Map(part => part.detach()))];
            (var piece, state) = layer.Forward(input.narrow(0, start, Math.Min(steps, time - start)), state); // [steps, batch, output]
            pieces.Add(piece);
        }

        return (cat(pieces), state); // [time, batch, output]
    }

    private RecurrentState MakeState(Func<string, StatePart, Tensor, Tensor> create)
    {
        var like = layers[0].NamedParameters(0)[0].Parameter;
        var index = 0;
        var states = layers.Select(layer => Enumerable.Range(0, options.Directions).Select(_ => One(layer, index++)).ToArray());
        return new(stateParts, [.. states]);

        CellState One(SequenceLayer layer, int at) =>
            new([.. layer.StateParts.Select(part => create(RecurrentState.Name(part.Name, at), part, like))]); // [batch, …] each
    }
}
