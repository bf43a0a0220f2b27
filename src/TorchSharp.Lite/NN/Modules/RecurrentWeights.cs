using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// The weights of a stack of recurrent layers as libtorch's kernels take them: for each layer and direction
/// W_ih [gates · hidden, input], W_hh [gates · hidden, hidden] and, with biases, b_ih and b_hh [gates · hidden].
/// </summary>
/// <param name="Gates">How many matrices are stacked: 4 in an LSTM, 3 in a GRU, 1 in an Elman network.</param>
/// <param name="CudnnMode">cuDNN's number for the kind of cell: 0 relu, 1 tanh, 2 LSTM, 3 GRU.</param>
/// <param name="InputSize">Features that go into the first layer.</param>
/// <param name="HiddenSize">Features of a state.</param>
/// <param name="Layers">How many layers lie on one another.</param>
/// <param name="Bias">Whether there are biases.</param>
/// <param name="BatchFirst">Whether sequences are [batch, time, features] instead of [time, batch, features].</param>
/// <param name="Dropout">The probability of a zero between layers, in training.</param>
/// <param name="Bidirectional">Whether each layer also runs backwards in time.</param>
internal sealed record RecurrentWeights(
    int Gates, long CudnnMode, long InputSize, long HiddenSize, long Layers, bool Bias, bool BatchFirst, double Dropout, bool Bidirectional)
{
    private static readonly Operator RunsInCudnn = new("cudnn_is_acceptable");
    private static readonly Operator FlattenWeight = new("_cudnn_rnn_flatten_weight");

    private readonly List<string> _names = [];
    private Tensor[] _weights = [];

    /// <summary>The weights in the order of libtorch's kernels.</summary>
    public Tensor[] All => _weights;

    public int Directions => Bidirectional ? 2 : 1;

    /// <summary>Makes the weights, each value uniform in ±1 / √hidden, and registers them under PyTorch's names.</summary>
    public void Make(Action<string, Parameter> register, Device? device, ScalarType? dtype)
    {
        if (HiddenSize <= 0 || Layers <= 0)
            throw new ArgumentException($"hidden_size and num_layers must be positive, not {HiddenSize} and {Layers}.");
        if (Dropout is < 0 or > 1)
            throw new ArgumentException($"dropout is a probability from 0 to 1, not {Dropout}.");
        var bound = 1 / Math.Sqrt(HiddenSize);
        for (var layer = 0; layer < Layers; layer++)
        {
            for (var direction = 0; direction < Directions; direction++)
            {
                var suffix = $"_l{layer}{(direction == 1 ? "_reverse" : "")}";
                var features = layer == 0 ? InputSize : HiddenSize * Directions;
                Add("weight_ih" + suffix, [Gates * HiddenSize, features]);
                Add("weight_hh" + suffix, [Gates * HiddenSize, HiddenSize]);
                if (!Bias) continue;
                Add("bias_ih" + suffix, [Gates * HiddenSize]);
                Add("bias_hh" + suffix, [Gates * HiddenSize]);
            }
        }

        void Add(string name, long[] shape)
        {
            var parameter = new Parameter(empty(shape, dtype: dtype, device: device)); // shape
            parameter.DetachFromDisposeScope();
            init.uniform_(parameter, -bound, bound);
            _names.Add(name);
            register(name, parameter);
        }
    }

    /// <summary>Takes up the weights as they are registered now and lays them out for cuDNN.</summary>
    public void Take(Module owner)
    {
        _weights = [.. _names.Select(name => owner.get_parameter(name)!)];
        Flatten();
    }

    /// <summary>
    /// On a CUDA device where cuDNN will run, makes the weights views of one buffer, so that they are not gathered at every call.
    /// </summary>
    public void Flatten()
    {
        if (_weights[0].device_type != DeviceType.CUDA || !RunsInCudnn.CallBoolean(_weights[0])) return;
        if (_weights.Any(weight => weight.dtype != _weights[0].dtype)) return;
        using var frozen = no_grad();
        const int projection = 0;
        using var buffer = FlattenWeight.Call(
            _weights, Bias ? 4 : 2, InputSize, CudnnMode, HiddenSize, projection, Layers, BatchFirst, Bidirectional); // [all weights]
    }

    /// <summary>The state before the first step, [layers · directions, batch, hidden]; of zeros when the caller has none.</summary>
    public Tensor InitialState(Tensor input, Tensor? given)
    {
        var batch = Check(input);
        if (given is null) return zeros([Layers * Directions, batch, HiddenSize], dtype: input.dtype, device: input.device);
        var shape = given.shape;
        if (shape is [var stacked, var lanes, var hidden] && stacked == Layers * Directions && lanes == batch && hidden == HiddenSize)
            return given;
        throw new ArgumentException(
            $"Expected a state of shape [{Layers * Directions}, {batch}, {HiddenSize}], got [{string.Join(", ", shape)}].");
    }

    private long Check(Tensor input)
    {
        var shape = input.shape;
        if (shape.Length != 3) throw new ArgumentException($"Expected an input of 3 axes, got [{string.Join(", ", shape)}].");
        if (shape[2] != InputSize) throw new ArgumentException($"Expected {InputSize} input features, got {shape[2]}.");
        return BatchFirst ? shape[0] : shape[1];
    }
}
