using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Models.Initializations;
using RnnTrain.Models.Outputs;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// A recurrent language model, as in Zaremba, Sutskever and Vinyals, "Recurrent neural network regularization" (2014): embedding,
/// <see cref="SequenceEncoder"/>, output layer. It gives the logits of the next token at every step.
/// </summary>
public sealed class LanguageModel : SequenceModel
{
    private readonly ModelOptions options;
    private readonly TokenEmbedding embedding;
    private readonly SequenceEncoder encoder;
    private readonly OutputLayer output;
    private ScalarType computeType = ScalarType.Float32;

    /// <summary>The model on the CPU with its initial weights, which depend on options and seed alone.</summary>
    /// <param name="options">Its block of the configuration.</param>
    /// <param name="vocabulary">Different tokens.</param>
    /// <param name="seed">The seed of the experiment; null for parameters of zero, for who looks at them or loads others.</param>
    /// <param name="engine">What computes its layers on the CPU.</param>
    /// <exception cref="UserMistakeException">See <see cref="Mistakes"/>.</exception>
    public LanguageModel(ModelOptions options, long vocabulary, long? seed, ComputeEngine engine = ComputeEngine.Auto)
        : base(nameof(LanguageModel))
    {
        var mistakes = Mistakes(options);
        if (mistakes.Count > 0) throw new UserMistakeException(mistakes);
        this.options = options;
        Vocabulary = vocabulary;
        var features = options.EmbeddingSize ?? throw new UserMistakeException("model.embedding_size: missing; add a whole number of at least 1");
        embedding = new TokenEmbedding(vocabulary, features, options.TieWeights, options.Vectors?.Freeze == true);
        encoder = new SequenceEncoder(options, features, engine);
        output = OutputTable.Create(options.Output, new OutputArguments(encoder.OutputSize, vocabulary, options.TieWeights, engine));
        RegisterComponents();
        if (seed is { } chance) InitializationTable.Create(options.Initialization).Apply(NamedParameters(), chance);
    }

    /// <summary>Different tokens.</summary>
    public long Vocabulary { get; }

    public override IReadOnlyList<LayerDescription> Layers => encoder.Layers;

    public override long MultiplyAddsPerToken => encoder.MultiplyAddsPerToken + output.MultiplyAddsPerToken;

    public override long ActivationsPerToken => encoder.ActivationsPerToken;

    public override TokenEmbedding? InputEmbedding => embedding;

    /// <summary>What stands against a language model of these options, one line each; empty where nothing does.</summary>
    public static IReadOnlyList<string> Mistakes(ModelOptions options)
    {
        List<string> mistakes = [];
        if (options.Bidirectional)
        {
            mistakes.Add("model.bidirectional: a language model predicts the next token, and a layer that reads backwards has seen it; use false");
        }

        if (options is { TieWeights: true, HasSizes: true } && options.EmbeddingSize != options.OutputSize)
        {
            var (size, hidden) = (options.OutputSize, options.HiddenSizes[^1]);
            var needed = options.Cell.OutputSize(hidden) != hidden ? "cell.projection" : options.LayerSizes is null ? "hidden_size" : "the last of layer_sizes";
            mistakes.Add(
                $"model.tie_weights: one matrix for embedding and output needs embedding_size = {needed}, "
                + $"but they are {options.EmbeddingSize} and {size}");
        }

        if (options.TieWeights && options.Output is { CannotBeTied: { } why }) mistakes.Add($"model.tie_weights: {why}");
        return mistakes;
    }

    /// <summary>
    /// Converts the recurrent and the output layers, whose parameters are new objects afterwards. The embedding stays in fp32 and only its
    /// output is converted: a lookup computes nothing, and the gradient of a frequent token is a long sum.
    /// </summary>
    public override void ComputeIn(ScalarType type)
    {
        encoder.to(type);
        output.to(type);
        computeType = type;
    }

    /// <summary>The state before the first token of a text.</summary>
    /// <param name="batch">Texts read side by side.</param>
    public RecurrentState NewState(long batch) => encoder.NewState(batch);

    public override RecurrentState RestoreState(IReadOnlyDictionary<string, Tensor> saved) => encoder.RestoreState(saved);

    /// <summary>Reads a window of text.</summary>
    /// <param name="tokens">[time, batch] of type Int64.</param>
    /// <param name="state">What the window before ended with, or <see cref="NewState"/>.</param>
    /// <param name="truncateAfter">
    /// Truncated back-propagation through time: within the window the gradient of the state is cut after every so many steps.
    /// </param>
    /// <returns>What the output layer reads, step after step, [time · batch, hidden]; and the state after the window, still part of the graph.</returns>
    public (Tensor Hidden, RecurrentState State) Read(Tensor tokens, RecurrentState state, int truncateAfter = int.MaxValue)
    {
        var (hidden, final) = Encode(tokens, state, truncateAfter); // [time, batch, hidden]
        return (hidden.flatten(0, 1), final); // [time, batch, hidden] → [time · batch, hidden]
    }

    /// <summary>The same with all that the encoder knows, [time, batch, hidden].</summary>
    public EncodedSequence Encode(Tensor tokens, RecurrentState state, int truncateAfter = int.MaxValue)
    {
        Shapes.Require(tokens, nameof(tokens), Shapes.Any, state.Batch, "time", "batch");
        var features = embedding.Forward(tokens); // [time, batch] → [time, batch, features]
        if (training && options.Dropout.Words > 0) features = features * WordDropout.Factors(tokens, Vocabulary, options.Dropout.Words); // [time, batch, features]
        var embedded = InComputeType(features); // [time, batch, features]
        return encoder.Forward(embedded, state, truncateAfter: truncateAfter); // [time, batch, hidden]
    }

    /// <summary>How likely each token is to come next, for those who ask for all of them: numbers whose softmax is the distribution.</summary>
    /// <param name="hidden">Rows of <see cref="Read"/>, [rows, hidden].</param>
    /// <returns>[rows, vocabulary].</returns>
    public Tensor Logits(Tensor hidden) => output.Forward(hidden, InComputeType(embedding.Matrix)); // [rows, hidden] → [rows, vocabulary]

    /// <summary>The loss of the tokens that do come next, in fp32 whatever the model computes in; no logits are kept. Backward runs once.</summary>
    /// <param name="hidden">Rows of <see cref="Read"/>, [rows, hidden].</param>
    /// <param name="targets">[rows] of Int64: a token, or -100 where none is to be predicted.</param>
    /// <param name="factor">What the objective, the mean loss, is multiplied by.</param>
    /// <param name="lossScale">What it is multiplied by besides, before its gradients are in a short type: a scalar of Float32; null for 1.</param>
    /// <param name="smoothing">Label smoothing of the objective; see <see cref="OutputLayer.Loss"/>.</param>
    public TokenLoss Loss(Tensor hidden, Tensor targets, double factor = 1, Tensor? lossScale = null, double smoothing = 0) =>
        output.Loss(hidden, InComputeType(embedding.Matrix), targets, factor, lossScale, smoothing);

    /// <summary>Reads a window of text and tells the logits of each next token: <see cref="Read"/>, then <see cref="Logits"/>.</summary>
    public (Tensor Logits, RecurrentState State) Forward(Tensor tokens, RecurrentState state, int truncateAfter = int.MaxValue)
    {
        var (hidden, final) = Read(tokens, state, truncateAfter); // [time · batch, hidden]
        return (Logits(hidden), final); // [time · batch, vocabulary]
    }

    /// <summary>
    /// All parameters, each once, under the names of a PyTorch module of nn.Embedding `embedding`, nn.LSTM `recurrent` and
    /// nn.Linear (adaptive: nn.AdaptiveLogSoftmaxWithLoss) `output`.
    /// </summary>
    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        embedding.NamedParameter(),
        .. encoder.NamedParameters(),
        .. output.NamedParameters().Select(parameter => parameter with { Name = $"output.{parameter.Name}" }),
    ];

    /// <summary>
    /// Copies weights into the model. Where it is tied, an `output.weight` equal to `embedding.weight` is accepted too, as PyTorch saves both.
    /// </summary>
    /// <exception cref="UserMistakeException">A name is missing or unexpected, or a shape differs; one line each.</exception>
    public override void LoadParameters(IReadOnlyDictionary<string, Tensor> weights)
    {
        var isSavedTwice = options.TieWeights
            && weights.TryGetValue("output.weight", out var second)
            && weights.TryGetValue("embedding.weight", out var first)
            && first.Equals(second);
        var once = isSavedTwice ? weights.Where(pair => pair.Key != "output.weight").ToDictionary() : weights;
        ParameterLoading.Load(NamedParameters(), once);
    }

    // also back: where the embedding is the output's matrix too, the gradients of both uses arrive in fp32
    private Tensor InComputeType(Tensor values) => computeType == ScalarType.Float32 ? values : values.to(computeType); // any shape
}
