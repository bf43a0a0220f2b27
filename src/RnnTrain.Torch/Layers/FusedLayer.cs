using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>
/// The same function as <see cref="RecurrentLayer"/> over the cell of the same name, computed for whole sequences: on the CPU by
/// <see cref="OneDnnLayer"/> where it is and may, else by libtorch's own network; always one layer and one direction, so that cuDNN can
/// take its persistent kernels.
/// </summary>
public sealed class FusedLayer : SequenceLayer
{
    private readonly FusedKernel kernel;
    private readonly CellSizes sizes;
    private readonly nn.Module network;
    private readonly ComputeEngine engine;

    /// <param name="engine">What may compute it. Where oneDNN cannot serve the tensors, libtorch does.</param>
    public FusedLayer(FusedKernel kernel, CellSizes sizes, ComputeEngine engine = ComputeEngine.Auto)
    {
        this.engine = engine;
        this.kernel = kernel;
        this.sizes = sizes;
        network = kernel switch
        {
            FusedKernel.Lstm => nn.LSTM(sizes.Input, sizes.Hidden),
            FusedKernel.Gru => nn.GRU(sizes.Input, sizes.Hidden),
            FusedKernel.ElmanTanh => nn.RNN(sizes.Input, sizes.Hidden, nonLinearity: nn.NonLinearities.Tanh),
            FusedKernel.ElmanRelu => nn.RNN(sizes.Input, sizes.Hidden, nonLinearity: nn.NonLinearities.ReLU),
            _ => throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "no such kernel"),
        };
        foreach (var parameter in network.parameters()) parameter.DetachFromDisposeScope();
        RegisterComponents();
    }

    public override int Directions => 1;

    public override long OutputSize => sizes.Hidden;

    public override IReadOnlyList<StatePart> StateParts =>
        HasMemory ? [new("h", sizes.Hidden), new("c", sizes.Hidden)] : [new("h", sizes.Hidden)];

    private bool HasMemory => kernel == FusedKernel.Lstm;

    public override IReadOnlyList<NamedParameter> NamedParameters(int direction) =>
    [
        Named("weight_ih", ParameterRole.InputWeight),
        Named("weight_hh", ParameterRole.RecurrentWeight),
        Named("bias_ih", ParameterRole.InputBias),
        Named("bias_hh", ParameterRole.RecurrentBias),
    ];

    public override (Tensor Output, CellState[] Final) Forward(Tensor input, CellState[] initial, Lengths? lengths = null)
    {
        Require(input, sizes.Input, initial[0], lengths);
        if (TakesOneDnn(input)) return RunOneDnn(input, initial[0], lengths, reverse: false);
        if (lengths is null || lengths.AllFull)
        {
            var (whole, final) = Run(input, initial[0]); // [time, batch, hidden]
            return (whole, [final]);
        }

        if (HasMemory) return RunBetweenEnds(input, initial[0], lengths);
        var (output, _) = Run(input, initial[0]); // [time, batch, hidden]
        return (output * lengths.Mask, [new CellState(lengths.Last(output))]); // state of [batch, hidden]
    }

    public override (Tensor Output, CellState[] Final) ForwardReversed(Tensor input, CellState[] initial, Lengths? lengths = null)
    {
        if (!TakesOneDnn(input)) return base.ForwardReversed(input, initial, lengths);
        Require(input, sizes.Input, initial[0], lengths);
        return RunOneDnn(input, initial[0], lengths, reverse: true);
    }

    private bool TakesOneDnn(Tensor input) => engine != ComputeEngine.Libtorch && OneDnnLayer.Serves(input);

    private (Tensor Output, CellState[] Final) RunOneDnn(Tensor input, CellState initial, Lengths? lengths, bool reverse)
    {
        var layer = new OneDnnLayer(kernel, Parameter("weight_ih"), Parameter("weight_hh"), Parameter("bias_ih"), Parameter("bias_hh"));
        var ends = lengths is null or { AllFull: true } ? null : lengths.Values;
        var (output, hidden, memory) = layer.Forward(input, initial.Hidden, initial.Memory, ends, reverse); // [time, batch, hidden], [batch, hidden] twice
        return (output, [memory is null ? new CellState(hidden) : new CellState(hidden, memory)]);
    }

    private (Tensor Output, CellState Final) Run(Tensor input, CellState initial)
    {
        var h = initial.Hidden.unsqueeze(0); // [batch, hidden] → [1, batch, hidden]
        if (network is LSTM lstm)
        {
            var c = initial.Memory!.unsqueeze(0); // [batch, hidden] → [1, batch, hidden]
            var (output, lastH, lastC) = lstm.call(input, (h, c)); // [time, batch, hidden], [1, batch, hidden] twice
            return (output, new CellState(lastH.squeeze(0), lastC.squeeze(0))); // [batch, hidden] twice
        }

        // [time, batch, hidden], [1, batch, hidden]
        var (result, last) = network is GRU gru ? gru.call(input, h) : ((RNN)network).call(input, h);
        return (result, new CellState(last.squeeze(0))); // [batch, hidden]
    }

    /// <summary>
    /// c at an example's end is not among the outputs of nn.LSTM, only c at the end of a call. So the sequence is cut where
    /// examples end: as many calls as there are different lengths, the same arithmetic in all.
    /// </summary>
    private (Tensor Output, CellState[] Final) RunBetweenEnds(Tensor input, CellState initial, Lengths lengths)
    {
        var outputs = new List<Tensor>();
        var (running, final) = (initial, initial);
        long start = 0;
        foreach (var end in lengths.Values.Append(lengths.Time).Distinct().Order())
        {
            var stillHere = lengths.Mask.select(0, end - 1); // [batch, 1], true where the length is end or more
            (var output, running) = Run(input.narrow(0, start, end - start), running); // [end − start, batch, hidden]
            final = CellState.Where(stillHere, running, final);
            outputs.Add(output);
            start = end;
        }

        return (cat(outputs) * lengths.Mask, [final]); // [time, batch, hidden]
    }

    private Parameter Parameter(string name) => network.get_parameter($"{name}_l0")!;

    private NamedParameter Named(string name, ParameterRole role)
    {
        var (gates, forgetGate) = kernel switch
        {
            FusedKernel.Lstm => (LstmCell.Gates, (int?)LstmCell.ForgetGate),
            FusedKernel.Gru => (GruCell.Gates, GruCell.ForgetGate),
            _ => (1, null),
        };
        return new NamedParameter(name, Parameter(name), role, gates, forgetGate);
    }
}
