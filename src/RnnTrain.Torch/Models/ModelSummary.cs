using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Layers;

namespace RnnTrain.Models;

/// <summary>One parameter of a model, for people.</summary>
/// <param name="Name">As in a checkpoint: `recurrent.weight_ih_l0`.</param>
public sealed record ParameterSummary(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>Numbers in it.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}

/// <summary>What training needs of memory at least, in bytes. Workspaces of libraries and the process itself come on top.</summary>
/// <param name="Parameters">The weights.</param>
/// <param name="Gradients">One a weight.</param>
/// <param name="OptimizerState">What the optimizer remembers.</param>
/// <param name="Activations">What the forward pass keeps for the backward pass.</param>
public sealed record MemoryEstimate(long Parameters, long Gradients, long OptimizerState, long Activations)
{
    public long Total => Parameters + Gradients + OptimizerState + Activations;
}

/// <summary>A model in numbers.</summary>
/// <param name="Layers">How each recurrent layer is computed, and why so.</param>
/// <param name="Parameters">In the order of the checkpoint.</param>
/// <param name="MultiplyAddsPerToken">Multiplications with addition in the matrix products of a forward pass, for one token.</param>
/// <param name="ActivationsPerToken">Numbers the forward pass keeps for the backward pass, for one token; an estimate.</param>
public sealed record ModelSummary(
    IReadOnlyList<LayerDescription> Layers, IReadOnlyList<ParameterSummary> Parameters, long MultiplyAddsPerToken, long ActivationsPerToken)
{
    private const string Embedding = "embedding.weight"; // of encoder and decoder too
    private const int BytesPerNumber = sizeof(float);
    private const int BytesPerShortNumber = 2;

    /// <summary>Numbers that are trained.</summary>
    public long ParameterCount => Parameters.Sum(parameter => parameter.Count);

    /// <summary>
    /// Floating-point operations in the matrix products of a training step, for one token: each multiply-add is two, and the backward
    /// pass has two products for each of the forward pass, one for the gradient of its input and one for that of its weight. The
    /// embedding is a look-up and costs none.
    /// </summary>
    public long TrainingOperationsPerToken => 2 * 3 * MultiplyAddsPerToken;

    /// <summary>A model that is there.</summary>
    public static ModelSummary Of(SequenceModel model) => new(
        model.Layers,
        [.. model.NamedParameters().Select(parameter => new ParameterSummary(parameter.Name, [.. parameter.Shape]))],
        model.MultiplyAddsPerToken,
        model.ActivationsPerToken);

    /// <summary>A language model.</summary>
    /// <exception cref="UserMistakeException">These options make no language model.</exception>
    public static ModelSummary Of(ModelOptions options, long vocabulary)
    {
        using var model = new LanguageModel(options, vocabulary, seed: null);
        return Of(model);
    }

    /// <summary>A network on separate examples.</summary>
    /// <exception cref="UserMistakeException">These options make no such network.</exception>
    public static ModelSummary Of(ModelOptions options, ExampleShape shape)
    {
        using SequenceModel model = shape.Targets == TargetKind.Sequence
            ? new EncoderDecoder(options, shape, seed: null)
            : new SequenceNetwork(options, shape, seed: null);
        return Of(model);
    }

    /// <summary>The memory of training on windows of so many examples and steps.</summary>
    /// <param name="batch">Examples a step.</param>
    /// <param name="steps">Time steps of an example.</param>
    /// <param name="optimizerBuffers">Numbers that the optimizer remembers of each parameter: 0 for plain SGD, 2 for Adam.</param>
    /// <param name="precision">In bf16 and fp16 recurrent and output layers have a copy of their weights, and gradients of it, in two bytes a number.</param>
    public MemoryEstimate Memory(long batch, long steps, int optimizerBuffers, Precision precision = Precision.Fp32)
    {
        var isShort = precision is Precision.Bf16 or Precision.Fp16;
        var copies = isShort ? Parameters.Where(parameter => !parameter.Name.EndsWith(Embedding, StringComparison.Ordinal)).Sum(parameter => parameter.Count) : 0;
        var parameters = (ParameterCount * BytesPerNumber) + (copies * BytesPerShortNumber);
        var bytesPerToken = ActivationsPerToken * (isShort ? BytesPerShortNumber : BytesPerNumber);
        return new(parameters, parameters, ParameterCount * BytesPerNumber * optimizerBuffers, batch * steps * bytesPerToken);
    }
}
