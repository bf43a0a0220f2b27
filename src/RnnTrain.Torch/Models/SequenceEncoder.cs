using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Models.Pooling;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// From the features of each time step to the last hidden layer, as in Zaremba, Sutskever and Vinyals, "Recurrent neural network
/// regularization" (2014): dropout, recurrent layers with dropout between them, dropout.
/// </summary>
public sealed class SequenceEncoder : nn.Module
{
    private readonly SequenceDropout inputDropout;
    private readonly SequenceDropout outputDropout;
    private readonly RecurrentStack recurrent;

    /// <param name="options">The model's block of the configuration.</param>
    /// <param name="inputSize">Features of a time step of the input.</param>
    /// <param name="engine">What computes its layers on the CPU.</param>
    public SequenceEncoder(ModelOptions options, long inputSize, ComputeEngine engine)
        : base(nameof(SequenceEncoder))
    {
        inputDropout = new SequenceDropout(options.Dropout.Embedding, options.Dropout.Locked);
        outputDropout = new SequenceDropout(options.Dropout.Output, options.Dropout.Locked);
        recurrent = new RecurrentStack(StackOptions.Of(options, inputSize) with { Engine = engine });
        RegisterComponents();
    }

    /// <summary>Features of a time step of the output.</summary>
    public long OutputSize => recurrent.OutputSize;

    /// <summary>See <see cref="SequenceModel.MultiplyAddsPerToken"/>.</summary>
    public long MultiplyAddsPerToken => recurrent.MultiplyAddsPerStep;

    /// <summary>See <see cref="SequenceModel.ActivationsPerToken"/>: what it reads, what its layers keep, what it puts out.</summary>
    public long ActivationsPerToken => Layers[0].InputSize + recurrent.KeptPerStep + OutputSize;

    /// <summary>How each recurrent layer is computed, and why so.</summary>
    public IReadOnlyList<LayerDescription> Layers => recurrent.Description;

    /// <summary>The state before the first time step: what was learned of it, or zeros.</summary>
    /// <param name="batch">Examples read side by side.</param>
    public RecurrentState NewState(long batch) => recurrent.NewState(batch);

    /// <inheritdoc cref="RecurrentStack.RestoreState"/>
    public RecurrentState RestoreState(IReadOnlyDictionary<string, Tensor> saved) => recurrent.RestoreState(saved);

    /// <summary>Its parameters, `recurrent.weight_ih_l0` …</summary>
    public IReadOnlyList<NamedParameter> NamedParameters() =>
        [.. recurrent.NamedParameters().Select(parameter => parameter with { Name = $"recurrent.{parameter.Name}" })];

    /// <summary>Reads a batch of sequences.</summary>
    /// <param name="input">[time, batch, features].</param>
    /// <param name="state">What the window before ended with, or <see cref="NewState"/>.</param>
    /// <param name="lengths">Where each example of a right-padded batch ends; all at the last step if null.</param>
    /// <param name="truncateAfter">
    /// Truncated back-propagation through time: the gradient of the state is cut after every so many steps. Only without lengths.
    /// </param>
    public EncodedSequence Forward(Tensor input, RecurrentState state, Lengths? lengths = null, int truncateAfter = int.MaxValue)
    {
        var (output, final) = Read(input, state, lengths, truncateAfter); // [time, batch, output]
        return new EncodedSequence(outputDropout.Apply(output, training), output, final);
    }

    /// <summary>The same for one vector an example: the output is pooled, and dropout comes after that.</summary>
    /// <returns>[batch, output].</returns>
    public Tensor Pool(Tensor input, RecurrentState state, Lengths lengths, SequencePooling pooling)
    {
        var (output, _) = Read(input, state, lengths, int.MaxValue); // [time, batch, output]
        var pooled = pooling.Forward(output, lengths); // [time, batch, output] → [batch, output]
        return outputDropout.Apply(pooled.unsqueeze(0), training).squeeze(0); // [batch, output], as one step
    }

    private (Tensor Output, RecurrentState Final) Read(Tensor input, RecurrentState state, Lengths? lengths, int truncateAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(truncateAfter, 1);
        return recurrent.Forward(inputDropout.Apply(input, training), state, lengths, truncateAfter); // [time, batch, output]
    }
}
