using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Layers;
using RnnTrain.Models.Initializations;
using RnnTrain.Models.Outputs;
using RnnTrain.Models.Pooling;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// A network that reads separate sequences and tells something of each, at its end or at every step: an embedding where a step is a token,
/// <see cref="SequenceEncoder"/>, pooling where something is told of the whole, output layer.
/// </summary>
public sealed class SequenceNetwork : SequenceModel
{
    private readonly TokenEmbedding? embedding; // null where a step is real numbers
    private readonly SequenceEncoder encoder;
    private readonly SequencePooling? pooling; // null where something is told at every step
    private readonly OutputLayer output;
    private readonly ExampleShape shape;
    private readonly double wordDropout;
    private ScalarType computeType = ScalarType.Float32;

    /// <summary>The network on the CPU with its initial weights, which depend on options, shape and seed alone.</summary>
    /// <param name="options">Its block of the configuration.</param>
    /// <param name="shape">What it reads and what it tells.</param>
    /// <param name="seed">The seed of the experiment.</param>
    /// <param name="engine">What computes its layers on the CPU.</param>
    public SequenceNetwork(ModelOptions options, ExampleShape shape, long seed, ComputeEngine engine = ComputeEngine.Auto)
        : base(nameof(SequenceNetwork))
    {
        this.shape = shape;
        wordDropout = options.Dropout.Words;
        var features = InputSize(options, shape);
        embedding = shape.HasTokens ? new TokenEmbedding(shape.Vocabulary, features, isTied: false) : null;
        encoder = new SequenceEncoder(options, features, engine);
        pooling = shape.Targets == TargetKind.ClassEachStep ? null : PoolingTable.Create(options.Pooling, PoolingOf(options));
        output = OutputTable.Create(options.Output, new OutputArguments(encoder.OutputSize, shape.Outputs, IsTied: false, engine));
        RegisterComponents();
        InitializationTable.Create(options.Initialization).Apply(NamedParameters(), seed);
    }

    public override IReadOnlyList<LayerDescription> Layers => encoder.Layers;

    /// <summary>Features of a step that the first layer reads.</summary>
    /// <exception cref="UserMistakeException">Tokens are read, and the options say nothing of their embedding.</exception>
    public static long InputSize(ModelOptions options, ExampleShape shape) => !shape.HasTokens ? shape.Features
        : options.EmbeddingSize ?? throw new UserMistakeException("model.embedding_size: missing; add a whole number of at least 1");

    /// <inheritdoc cref="LanguageModel.ComputeIn"/>
    public override void ComputeIn(ScalarType type)
    {
        encoder.to(type);
        pooling?.to(type);
        output.to(type);
        computeType = type;
    }

    public override RecurrentState RestoreState(IReadOnlyDictionary<string, Tensor> saved) => encoder.RestoreState(saved);

    /// <summary>Reads whole sequences, each from a state of zero.</summary>
    /// <param name="input">Tokens of Int64, [time, batch], or numbers of Float32, [time, batch, features].</param>
    /// <param name="lengths">Where each example of a right-padded batch ends.</param>
    /// <returns>
    /// What the output layer reads: [batch, hidden] where something is told at the end, else step after step, [time · batch, hidden].
    /// </returns>
    public Tensor Read(Tensor input, Lengths lengths)
    {
        RequireInput(input, lengths);
        var steps = embedding is null ? input : embedding.Forward(input); // [time, batch, features]
        if (training && embedding is not null && wordDropout > 0) steps = steps * WordDropout.Factors(input, shape.Vocabulary, wordDropout); // [time, batch, features]
        var (read, state) = (InComputeType(steps), encoder.NewState(lengths.Batch)); // [time, batch, features]
        return pooling is null
            ? encoder.Forward(read, state, lengths).Output.flatten(0, 1) // [time, batch, features] → [time · batch, hidden]
            : encoder.Pool(read, state, lengths, pooling); // [time, batch, features] → [batch, hidden]
    }

    /// <summary>The numbers it tells, or those whose softmax is the distribution of the classes; in fp32 whatever the network computes in.</summary>
    /// <param name="hidden">Rows of <see cref="Read"/>, [rows, hidden].</param>
    /// <returns>[rows, outputs].</returns>
    public Tensor Tell(Tensor hidden) => output.Forward(hidden, NotTied).to(ScalarType.Float32); // [rows, hidden] → [rows, outputs]

    /// <summary>The loss of telling classes; no logits are kept. Backward runs once.</summary>
    /// <inheritdoc cref="OutputLayer.Loss" path="/param"/>
    public TokenLoss ClassLoss(Tensor hidden, Tensor targets, double factor = 1, Tensor? lossScale = null, double smoothing = 0) =>
        output.Loss(hidden, NotTied, targets, factor, lossScale, smoothing);

    /// <summary>
    /// All parameters, each once, under the names of a PyTorch module of nn.Embedding `embedding` (where tokens are read), nn.LSTM
    /// `recurrent`, the pooling's own, and nn.Linear `output`.
    /// </summary>
    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        .. embedding is null ? Array.Empty<NamedParameter>() : [embedding.NamedParameter()],
        .. encoder.NamedParameters(),
        .. pooling?.NamedParameters().Select(parameter => parameter with { Name = $"pooling.{parameter.Name}" }) ?? [],
        .. output.NamedParameters().Select(parameter => parameter with { Name = $"output.{parameter.Name}" }),
    ];

    /// <summary>What a pooling of these options reads.</summary>
    internal static PoolingArguments PoolingOf(ModelOptions options) => new(options.OutputSize, options.Bidirectional ? 2 : 1, options.Combine);

    // an output layer asks for the embedding's matrix only where it has none of its own
    private static Tensor NotTied => null!;

    private void RequireInput(Tensor input, Lengths lengths)
    {
        if (embedding is null) Shapes.Require(input, nameof(input), lengths.Time, lengths.Batch, shape.Features, "time", "batch", "features");
        else Shapes.Require(input, nameof(input), lengths.Time, lengths.Batch, "time", "batch");
    }

    private Tensor InComputeType(Tensor values) => computeType == ScalarType.Float32 ? values : values.to(computeType); // any shape
}
