using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Examples;
using RnnTrain.Layers;
using RnnTrain.Models.Initializations;
using RnnTrain.Models.Outputs;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// A network that reads a sequence and writes another: Sutskever, Vinyals and Le, "Sequence to sequence learning with neural networks" (2014), with
/// attention as in Bahdanau, Cho and Bengio (2015) or Luong, Pham and Manning (2015): embedding, <see cref="SequenceEncoder"/>, <see cref="Bridge"/>; embedding,
/// <see cref="SequenceDecoder"/>, output layer.
/// </summary>
public sealed class EncoderDecoder : SequenceModel, ITextDecoder
{
    private readonly ModelOptions options;
    private readonly ExampleShape shape;
    private readonly TokenEmbedding? reading; // null where one embedding serves both
    private readonly TokenEmbedding writing;
    private readonly SequenceEncoder encoder;
    private readonly Bridge bridge;
    private readonly SequenceDecoder decoder;
    private readonly OutputLayer output;
    private readonly SequenceDropout outputDropout;
    private ScalarType computeType = ScalarType.Float32;

    /// <summary>The network on the CPU with its initial weights, which depend on options, shape and seed alone.</summary>
    /// <param name="options">Its block of the configuration.</param>
    /// <param name="shape">What it reads and writes.</param>
    /// <param name="seed">The seed of the experiment; null for parameters of zero, for who looks at them or loads others.</param>
    /// <param name="engine">What computes its layers on the CPU.</param>
    /// <exception cref="UserMistakeException">See <see cref="DecoderRules"/>.</exception>
    public EncoderDecoder(ModelOptions options, ExampleShape shape, long? seed, ComputeEngine engine = ComputeEngine.Auto)
        : base(nameof(EncoderDecoder))
    {
        DecoderRules.Require(options, shape);
        this.options = options;
        this.shape = shape;
        Symbols = new WrittenSymbols(shape.Outputs - new WrittenSymbols(0).Count);
        var sizes = DecoderSizes.Of(options);
        var isFrozen = options.Vectors?.Freeze == true;
        reading = options.Decoder!.SharedEmbedding ? null : new TokenEmbedding(shape.Vocabulary, sizes.SourceEmbedding, isTied: false, isFrozen);
        writing = new TokenEmbedding(Symbols.Count, sizes.Embedding, options.TieWeights, isFrozen && reading is null);
        encoder = new SequenceEncoder(options, sizes.SourceEmbedding, engine);
        decoder = new SequenceDecoder(options, sizes, engine);
        bridge = new Bridge(options, sizes, decoder.Recurrent, engine);
        output = OutputTable.Create(options.Output, new OutputArguments(sizes.Output, Symbols.Count, options.TieWeights, engine));
        outputDropout = new SequenceDropout(options.Dropout.Output, options.Dropout.Locked);
        RegisterComponents();
        if (seed is { } chance) InitializationTable.Create(options.Initialization).Apply(NamedParameters(), chance);
    }

    public WrittenSymbols Symbols { get; }

    public bool HasAttention => decoder.HasAttention;

    /// <summary>Those of the encoder, then those of the decoder.</summary>
    public override IReadOnlyList<LayerDescription> Layers =>
        [.. encoder.Layers, .. decoder.Recurrent.Description.Select(layer => layer with { Layer = layer.Layer + encoder.Layers.Count })];

    public override long MultiplyAddsPerToken => encoder.MultiplyAddsPerToken + decoder.MultiplyAddsPerToken + output.MultiplyAddsPerToken;

    public override long ActivationsPerToken => encoder.ActivationsPerToken + decoder.ActivationsPerToken;

    public override TokenEmbedding? InputEmbedding => reading ?? writing;

    /// <inheritdoc cref="LanguageModel.ComputeIn"/>
    public override void ComputeIn(ScalarType type)
    {
        encoder.to(type);
        bridge.to(type);
        decoder.to(type);
        output.to(type);
        computeType = type;
    }

    public override RecurrentState RestoreState(IReadOnlyDictionary<string, Tensor> saved) => encoder.RestoreState(saved);

    /// <summary>Reads sequences, and what is to be written with each symbol known before the next is asked for.</summary>
    /// <param name="source">Tokens of Int64, right-padded: [source time, sequences].</param>
    /// <param name="lengths">Where each source ends.</param>
    /// <param name="batch">What is to be written.</param>
    /// <param name="ownShare">
    /// Scheduled sampling (Bengio et al. 2015): the share of symbols that the decoder reads as it would have written them itself, drawn from what it tells,
    /// in place of those that are right.
    /// </param>
    /// <returns>What the output layer reads in each row: [rows, output].</returns>
    public Tensor Read(Tensor source, Lengths lengths, DecoderBatch batch, double ownShare = 0)
    {
        var state = Start(source, lengths);
        var embedded = Embed(writing, batch.Input); // [time, sequences, features]
        var told = decoder.GoesStepByStep || ownShare > 0
            ? ReadStepByStep(embedded, state.Contiguous(), batch, ownShare) // [rows, output]
            : decoder.ReadAll(embedded, state, batch); // [rows, output]
        return Dropped(told, batch);
    }

    /// <summary>The loss of symbols; no logits are kept. Backward runs once.</summary>
    /// <param name="told">Rows of <see cref="Read"/>, [rows, output].</param>
    /// <inheritdoc cref="OutputLayer.Loss" path="/param"/>
    public TokenLoss Loss(Tensor told, Tensor targets, double factor = 1, Tensor? lossScale = null, double smoothing = 0) =>
        output.Loss(told, Matrix, targets, factor, lossScale, smoothing);

    public DecoderState Encode(Tensor source, Lengths lengths) => Start(source, lengths).Contiguous();

    public DecoderStep Step(Tensor symbols, DecoderState state)
    {
        Shapes.Require(symbols, nameof(symbols), state.Rows, "rows");
        var embedded = Embed(writing, symbols.unsqueeze(0)).squeeze(0); // [rows] → [rows, features]
        var (told, weights, next) = decoder.Step(embedded, state); // [rows, output], [rows, source time]
        return new DecoderStep(InFloat32(LogProbabilities(told)), next, weights is null ? null : InFloat32(weights));
    }

    /// <summary>
    /// All parameters, each once: `encoder.embedding.weight`, `decoder.embedding.weight` (one `embedding.weight` where it is shared), `encoder.recurrent.…`,
    /// `bridge.…`, `decoder.recurrent.…`, `decoder.attention.…`, `decoder.readout.…`, `output.…`; within each as PyTorch's modules name them.
    /// </summary>
    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        .. reading is null ? Array.Empty<NamedParameter>() : [reading.NamedParameter() with { Name = "encoder.embedding.weight" }],
        reading is null ? writing.NamedParameter() : writing.NamedParameter() with { Name = "decoder.embedding.weight" },
        .. encoder.NamedParameters().Select(parameter => parameter with { Name = $"encoder.{parameter.Name}" }),
        .. bridge.NamedParameters(),
        .. decoder.NamedParameters(),
        .. output.NamedParameters().Select(parameter => parameter with { Name = $"output.{parameter.Name}" }),
    ];

    /// <summary>The embedding's matrix in the type of the output layer, which uses it where it is tied: [symbols, features].</summary>
    private Tensor Matrix => InComputeType(writing.Matrix);

    private DecoderState Start(Tensor source, Lengths lengths)
    {
        Shapes.Require(source, nameof(source), lengths.Time, lengths.Batch, "source time", "sources");
        var steps = Embed(reading ?? writing, source); // [source time, sources, features]
        var encoded = encoder.Forward(steps, encoder.NewState(lengths.Batch), lengths); // [source time, sources, features]
        var initial = bridge.Forward(encoded, lengths, decoder.Recurrent.NewState(lengths.Batch));
        return decoder.Start(initial, encoded.Output, lengths);
    }

    private Tensor ReadStepByStep(Tensor embedded, DecoderState state, DecoderBatch batch, double ownShare)
    {
        var right = embedded.unbind(0); // [time, sequences, features] → time × [sequences, features]
        var told = new Tensor[right.Length]; // [sequences, output] each
        for (var time = 0; time < told.Length; time++)
        {
            var symbol = time == 0 || ownShare == 0 ? right[time] : Mixed(right[time], told[time - 1], ownShare); // [sequences, features]
            (told[time], _, state) = decoder.Step(symbol, state);
        }

        return cat(told).index_select(0, batch.Rows); // [time · sequences, output] → [rows, output]
    }

    /// <summary>Some symbols as the model would have written them itself: [sequences, features].</summary>
    private Tensor Mixed(Tensor right, Tensor told, double ownShare)
    {
        Tensor own, isOwn;
        using (no_grad())
        {
            own = multinomial(InFloat32(LogProbabilities(told)).exp(), 1).t(); // [sequences, symbols] → [1, sequences]
            isOwn = rand([right.size(0), 1], ScalarType.Float32, right.device).lt(ownShare); // [sequences, 1]
        }

        return where(isOwn, Embed(writing, own).squeeze(0), right); // [sequences, features]
    }

    /// <summary>The output's dropout; locked, it drops the same in all rows of a sequence.</summary>
    private Tensor Dropped(Tensor told, DecoderBatch batch)
    {
        if (!outputDropout.IsLocked || outputDropout.Share == 0 || !training) return outputDropout.Apply(told, training); // [rows, output]
        var kept = nn.functional.dropout(ones([batch.Count, told.size(1)], told.dtype, told.device), outputDropout.Share); // [sequences, output]
        return told * kept.index_select(0, batch.Rows.remainder(batch.Count)); // [rows, output]
    }

    private Tensor Embed(TokenEmbedding embedding, Tensor tokens)
    {
        var features = embedding.Forward(tokens); // [time, sequences] → [time, sequences, features]
        var share = options.Dropout.Words;
        if (training && share > 0) features = features * WordDropout.Factors(tokens, Math.Max(shape.Vocabulary, Symbols.Count), share); // [time, sequences, features]
        return InComputeType(features);
    }

    private Tensor LogProbabilities(Tensor told) => InFloat32(output.Forward(told, Matrix)).log_softmax(1); // [rows, output] → [rows, symbols]

    private static Tensor InFloat32(Tensor values) => values.dtype == ScalarType.Float64 ? values : values.to(ScalarType.Float32); // any shape

    private Tensor InComputeType(Tensor values) => computeType == ScalarType.Float32 ? values : values.to(computeType); // any shape
}
