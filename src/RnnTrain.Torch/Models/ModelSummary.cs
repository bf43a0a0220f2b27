using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Layers;
using RnnTrain.Models.Characters;
using RnnTrain.Models.Outputs;
using RnnTrain.Models.Pooling;
using static TorchSharp.torch;

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

/// <summary>A model in numbers, known from its options without making it.</summary>
/// <param name="Layers">How each recurrent layer is computed, and why so.</param>
/// <param name="Parameters">In the order of the checkpoint.</param>
/// <param name="MultiplyAddsPerToken">Multiplications with addition in the matrix products of a forward pass, for one token.</param>
/// <param name="ActivationsPerToken">Numbers the forward pass keeps for the backward pass, for one token; an estimate.</param>
public sealed record ModelSummary(
    IReadOnlyList<LayerDescription> Layers, IReadOnlyList<ParameterSummary> Parameters, long MultiplyAddsPerToken, long ActivationsPerToken)
{
    private const string Embedding = "embedding.weight";
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

    /// <summary>A language model.</summary>
    /// <exception cref="UserMistakeException">These options make no language model.</exception>
    public static ModelSummary Of(ModelOptions options, long vocabulary)
    {
        var mistakes = LanguageModel.Mistakes(options);
        if (mistakes.Count > 0) throw new UserMistakeException(mistakes);
        var features = options.EmbeddingSize ?? throw new UserMistakeException("model.embedding_size: missing; add a whole number of at least 1");
        return Of(options, vocabulary, features, features, vocabulary);
    }

    /// <summary>A network on separate examples.</summary>
    public static ModelSummary Of(ModelOptions options, ExampleShape shape) =>
        Of(options, shape.Vocabulary, options.EmbeddingSize ?? 0, SequenceNetwork.InputSize(options, shape), shape.Outputs, shape.Characters, isPooled: shape.Targets != TargetKind.ClassEachStep);

    /// <param name="vocabulary">Different tokens that are read; 0 where real numbers are.</param>
    /// <param name="embedding">Features of a token's embedding.</param>
    /// <param name="features">Features of a step that the first layer reads.</param>
    /// <param name="outputs">Different classes, or numbers told.</param>
    /// <param name="letters">Different letters, where words are read letter by letter too.</param>
    /// <param name="isPooled">True where something is told of the whole example.</param>
    private static ModelSummary Of(ModelOptions options, long vocabulary, long embedding, long features, long outputs, int letters = 0, bool isPooled = false)
    {
        var stack = StackOptions.Of(options, features);
        var layers = RecurrentStack.Describe(stack);

        // parameters of unrolled layers are the same, and making them draws no random numbers
        using var recurrent = new RecurrentStack(stack with { Path = LayerPath.Unrolled });
        var recurrentParameters = recurrent.NamedParameters();
        using var output = OutputTable.Create(
            options.Output, new OutputArguments(recurrent.OutputSize, outputs, options.TieWeights, ComputeEngine.Libtorch));
        using var pooling = isPooled ? PoolingTable.Create(options.Pooling, SequenceNetwork.PoolingOf(options)) : null;
        using var characters = options.Characters is { } reader ? CharacterTable.Encoders.Create(reader, new CharacterArguments(letters, ComputeEngine.Libtorch)) : null;
        using var field = options.Crf ? new ConditionalRandomField(outputs) : null;
        List<ParameterSummary> parameters =
        [
            .. vocabulary == 0 ? Array.Empty<ParameterSummary>() : [new(Embedding, [vocabulary, embedding])],
            .. Named("characters", characters?.NamedParameters()),
            .. Named("recurrent", recurrentParameters),
            .. Named("pooling", pooling?.NamedParameters()),
            .. Named("output", output.NamedParameters()),
            .. Named("crf", field?.NamedParameters()),
        ];

        var products = recurrentParameters.Where(IsMatrix).Sum(parameter => parameter.Parameter.numel()) + (pooling?.MultiplyAddsPerToken ?? 0) + output.MultiplyAddsPerToken;
        var activations = features + KeptByCells(recurrent) + recurrent.OutputSize;
        return new ModelSummary(layers, parameters, products, activations);
    }

    /// <summary>The memory of training on windows of so many examples and steps.</summary>
    /// <param name="batch">Examples a step.</param>
    /// <param name="steps">Time steps of an example.</param>
    /// <param name="optimizerBuffers">Numbers that the optimizer remembers of each parameter: 0 for plain SGD, 2 for Adam.</param>
    /// <param name="precision">In bf16 and fp16 recurrent and output layers have a copy of their weights, and gradients of it, in two bytes a number.</param>
    public MemoryEstimate Memory(long batch, long steps, int optimizerBuffers, Precision precision = Precision.Fp32)
    {
        var isShort = precision is Precision.Bf16 or Precision.Fp16;
        var copies = isShort ? Parameters.Where(parameter => parameter.Name != Embedding).Sum(parameter => parameter.Count) : 0;
        var parameters = (ParameterCount * BytesPerNumber) + (copies * BytesPerShortNumber);
        var bytesPerToken = ActivationsPerToken * (isShort ? BytesPerShortNumber : BytesPerNumber);
        return new(parameters, parameters, ParameterCount * BytesPerNumber * optimizerBuffers, batch * steps * bytesPerToken);
    }

    private static IEnumerable<ParameterSummary> Named(string part, IReadOnlyList<NamedParameter>? parameters) =>
        (parameters ?? []).Select(parameter => new ParameterSummary($"{part}.{parameter.Name}", [.. parameter.Shape]));

    private static bool IsMatrix(NamedParameter parameter) =>
        parameter.Role is ParameterRole.InputWeight or ParameterRole.RecurrentWeight or ParameterRole.ProjectionWeight;

    /// <summary>The gates before and after their non-linearity, the state (h and c of an LSTM), and what is put out of it (tanh(c)).</summary>
    private static long KeptByCells(RecurrentStack stack)
    {
        using var scope = NewDisposeScope();
        var gates = stack.NamedParameters().Where(parameter => parameter.Role == ParameterRole.InputWeight).Sum(parameter => parameter.Shape[0]);
        var state = stack.ZeroState(batch: 1).NamedTensors().Sum(part => part.Value.numel());
        return (2 * gates) + state + stack.Description.Sum(layer => layer.Directions * layer.HiddenSize);
    }
}
