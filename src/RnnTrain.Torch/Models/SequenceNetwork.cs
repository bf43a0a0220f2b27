using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Examples;
using RnnTrain.Layers;
using RnnTrain.Models.Characters;
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
    private readonly CharacterEncoder? characters; // null where words are not read letter by letter
    private readonly SequenceEncoder encoder;
    private readonly SequencePooling? pooling; // null where something is told at every step
    private readonly OutputLayer output;
    private readonly ConditionalRandomField? crf;
    private readonly ExampleShape shape;
    private readonly double wordDropout;
    private ScalarType computeType = ScalarType.Float32;

    /// <summary>The network on the CPU with its initial weights, which depend on options, shape and seed alone.</summary>
    /// <param name="options">Its block of the configuration.</param>
    /// <param name="shape">What it reads and what it tells.</param>
    /// <param name="seed">The seed of the experiment; null for parameters of zero, for who looks at them or loads others.</param>
    /// <param name="engine">What computes its layers on the CPU.</param>
    public SequenceNetwork(ModelOptions options, ExampleShape shape, long? seed, ComputeEngine engine = ComputeEngine.Auto)
        : base(nameof(SequenceNetwork))
    {
        this.shape = shape;
        wordDropout = options.Dropout.Words;
        embedding = shape.HasTokens ? new TokenEmbedding(shape.Vocabulary, EmbeddingSize(options), isTied: false, options.Vectors?.Freeze == true) : null;
        characters = options.Characters is { } letters ? CharacterTable.Encoders.Create(letters, new CharacterArguments(shape.Characters, engine)) : null;
        encoder = new SequenceEncoder(options, InputSize(options, shape), engine);
        pooling = shape.Targets == TargetKind.ClassEachStep ? null : PoolingTable.Create(options.Pooling, PoolingOf(options));
        output = OutputTable.Create(options.Output, new OutputArguments(encoder.OutputSize, shape.Outputs, IsTied: false, engine));
        crf = options.Crf ? new ConditionalRandomField(shape.Outputs) : null;
        RegisterComponents();
        if (seed is { } chance) InitializationTable.Create(options.Initialization).Apply(NamedParameters(), chance);
    }

    public override IReadOnlyList<LayerDescription> Layers => encoder.Layers;

    public override long MultiplyAddsPerToken => encoder.MultiplyAddsPerToken + (pooling?.MultiplyAddsPerToken ?? 0) + output.MultiplyAddsPerToken;

    public override long ActivationsPerToken => encoder.ActivationsPerToken;

    /// <summary>What weighs the classes of neighbouring steps against each other; null where each is told by itself.</summary>
    public ConditionalRandomField? Field => crf;

    public override TokenEmbedding? InputEmbedding => embedding;

    /// <summary>Features of a step that the first layer reads.</summary>
    /// <exception cref="UserMistakeException">Tokens are read, and the options say nothing of their embedding.</exception>
    public static long InputSize(ModelOptions options, ExampleShape shape) =>
        !shape.HasTokens ? shape.Features : EmbeddingSize(options) + (options.Characters?.OutputSize ?? 0);

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
    /// <param name="words">The letters of the tokens, where the network reads them; else they are not looked at.</param>
    /// <returns>
    /// What the output layer reads: [batch, hidden] where something is told at the end, else step after step, [time · batch, hidden].
    /// </returns>
    public Tensor Read(Tensor input, Lengths lengths, DistinctWords? words = null)
    {
        RequireInput(input, lengths);
        var (read, state) = (InComputeType(Steps(input, words)), encoder.NewState(lengths.Batch)); // [time, batch, features]
        return pooling is null
            ? encoder.Forward(read, state, lengths).Output.flatten(0, 1) // [time, batch, features] → [time · batch, hidden]
            : encoder.Pool(read, state, lengths, pooling); // [time, batch, features] → [batch, hidden]
    }

    /// <summary>The numbers it tells, or those whose softmax is the distribution of the classes; in fp32 where the network computes in a short type.</summary>
    /// <param name="hidden">Rows of <see cref="Read"/>, [rows, hidden].</param>
    /// <returns>[rows, outputs].</returns>
    public Tensor Tell(Tensor hidden) =>
        output.Forward(hidden, NotTied).to(hidden.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32); // [rows, hidden] → [rows, outputs]

    /// <summary>The loss of telling classes; no logits are kept. Backward runs once.</summary>
    /// <inheritdoc cref="OutputLayer.Loss" path="/param"/>
    public TokenLoss ClassLoss(Tensor hidden, Tensor targets, double factor = 1, Tensor? lossScale = null, double smoothing = 0) =>
        output.Loss(hidden, NotTied, targets, factor, lossScale, smoothing);

    /// <summary>−log p of the classes of all steps under <see cref="Field"/>, added up over the batch: a scalar in fp32.</summary>
    /// <param name="hidden">From <see cref="Read"/>, [time · batch, hidden].</param>
    /// <param name="targets">[time · batch], on the host: a class, or any other number where it is not known.</param>
    /// <param name="lengths">Where each example ends.</param>
    /// <exception cref="InvalidOperationException">There is no such field.</exception>
    public Tensor FieldLoss(Tensor hidden, long[] targets, Lengths lengths)
    {
        if (crf is null) throw new InvalidOperationException("the network tells each class by itself and has no conditional random field");
        var scores = Tell(hidden); // [time · batch, hidden] → [time · batch, classes]
        return crf.Loss(scores.view(lengths.Time, lengths.Batch, -1), targets, lengths).to(scores.dtype); // []
    }

    /// <summary>The classes that it tells: the most likely sequence where it has a <see cref="Field"/>, else the most likely class of each step.</summary>
    /// <param name="hidden">From <see cref="Read"/>, [time · batch, hidden].</param>
    /// <param name="lengths">Where each example ends.</param>
    /// <returns>[time · batch], on the host.</returns>
    public long[] Labels(Tensor hidden, Lengths lengths)
    {
        var scores = Tell(hidden); // [time · batch, hidden] → [time · batch, classes]
        return crf is null ? scores.argmax(1).cpu().data<long>().ToArray() : crf.Best(scores.view(lengths.Time, lengths.Batch, -1), lengths);
    }

    /// <summary>How likely each class is at each step, whatever stands at the others.</summary>
    /// <returns>[time · batch, classes].</returns>
    /// <inheritdoc cref="Labels" path="/param"/>
    public Tensor LabelProbabilities(Tensor hidden, Lengths lengths)
    {
        var scores = Tell(hidden); // [time · batch, hidden] → [time · batch, classes]
        return crf is null ? scores.softmax(1) : crf.Probabilities(scores.view(lengths.Time, lengths.Batch, -1), lengths).flatten(0, 1); // [time · batch, classes]
    }

    /// <summary>
    /// All parameters, each once, under the names of a PyTorch module of nn.Embedding `embedding` (where tokens are read), `characters` (where letters
    /// are), nn.LSTM `recurrent`, the pooling's own, nn.Linear `output`, and `crf`.
    /// </summary>
    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        .. embedding is null ? Array.Empty<NamedParameter>() : [embedding.NamedParameter()],
        .. Named("characters", characters?.NamedParameters()),
        .. encoder.NamedParameters(),
        .. Named("pooling", pooling?.NamedParameters()),
        .. Named("output", output.NamedParameters()),
        .. Named("crf", crf?.NamedParameters()),
    ];

    /// <summary>What a pooling of these options reads.</summary>
    internal static PoolingArguments PoolingOf(ModelOptions options) => new(options.OutputSize, options.Bidirectional ? 2 : 1, options.Combine);

    // an output layer asks for the embedding's matrix only where it has none of its own
    private static Tensor NotTied => null!;

    private static IEnumerable<NamedParameter> Named(string part, IReadOnlyList<NamedParameter>? parameters) =>
        (parameters ?? []).Select(parameter => parameter with { Name = $"{part}.{parameter.Name}" });

    private static long EmbeddingSize(ModelOptions options) =>
        options.EmbeddingSize ?? throw new UserMistakeException("model.embedding_size: missing; add a whole number of at least 1");

    /// <summary>What the first layer reads, [time, batch, features].</summary>
    private Tensor Steps(Tensor input, DistinctWords? words)
    {
        if (embedding is null) return input;
        var steps = embedding.Forward(input); // [time, batch] → [time, batch, embedding]
        if (training && wordDropout > 0) steps = steps * WordDropout.Factors(input, shape.Vocabulary, wordDropout); // [time, batch, embedding]
        if (characters is null) return steps;
        ArgumentNullException.ThrowIfNull(words);
        return cat([steps, characters.Forward(words, input.size(0), input.device)], 2); // [time, batch, features]
    }

    private void RequireInput(Tensor input, Lengths lengths)
    {
        if (embedding is null) Shapes.Require(input, nameof(input), lengths.Time, lengths.Batch, shape.Features, "time", "batch", "features");
        else Shapes.Require(input, nameof(input), lengths.Time, lengths.Batch, "time", "batch");
    }

    private Tensor InComputeType(Tensor values) => computeType == ScalarType.Float32 ? values : values.to(computeType); // any shape
}
