using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Models.Attentions;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// From the symbols written so far to what the output layer reads: dropout, recurrent layers, attention, <see cref="Readout"/>. Where no step needs what
/// attention found in the step before, all steps of a sequence that is known are computed at once.
/// <code>
/// dot, general, location   h_t = layers(y_(t−1)),                    c_t from h_t,      r_t = readout([h_t; c_t])
/// additive                 c_t from h_(t−1), h_t = layers([y_(t−1); c_t]),             r_t = readout([h_t; c_t; y_(t−1)])
/// input feeding            the layers read [y_(t−1); …; r_(t−1)], r_0 being 0
/// </code>
/// </summary>
public sealed class SequenceDecoder : nn.Module
{
    private readonly DecoderOptions options;
    private readonly DecoderSizes sizes;
    private readonly SequenceDropout inputDropout;
    private readonly RecurrentStack recurrent;
    private readonly Attention? attention;
    private readonly Readout? readout;

    /// <param name="model">The model's block of the configuration.</param>
    /// <param name="sizes">Of it.</param>
    /// <param name="engine">What computes it on the CPU.</param>
    public SequenceDecoder(ModelOptions model, DecoderSizes sizes, ComputeEngine engine)
        : base(nameof(SequenceDecoder))
    {
        options = model.Decoder!;
        this.sizes = sizes;
        inputDropout = new SequenceDropout(model.Dropout.Embedding, model.Dropout.Locked);
        recurrent = new RecurrentStack(sizes.Decoder with { Engine = engine });
        attention = options.Attention is null ? null : AttentionTable.Attentions.Create(options.Attention, new AttentionSizes(sizes.Hidden, sizes.Features, engine));
        readout = sizes.Readout is { } known ? new Readout(options.Readout, known, sizes.Output, engine) : null;
        RegisterComponents();
    }

    /// <summary>Its recurrent layers.</summary>
    public RecurrentStack Recurrent => recurrent;

    /// <summary>Whether it looks at what was read.</summary>
    public bool HasAttention => attention is not null;

    /// <summary>True where each step needs what was found in the step before, even if the symbols are known.</summary>
    public bool GoesStepByStep => options.InputFeeding || ComesBefore;

    /// <summary>See <see cref="SequenceModel.MultiplyAddsPerToken"/>; what attention multiplies depends on the lengths and is not among them.</summary>
    public long MultiplyAddsPerToken =>
        recurrent.MultiplyAddsPerStep + (readout?.NamedParameters() ?? []).Where(parameter => parameter.Shape.Count == 2).Sum(parameter => parameter.Parameter.numel());

    /// <summary>See <see cref="SequenceModel.ActivationsPerToken"/>.</summary>
    public long ActivationsPerToken => sizes.Decoder.InputSize + recurrent.KeptPerStep + (sizes.Readout ?? 0) + sizes.Output;

    private bool ComesBefore => options.Attention?.ComesBeforeTheStep == true;

    /// <summary>The state before the first symbol.</summary>
    /// <param name="initial">Of the recurrent layers.</param>
    /// <param name="read">What the encoder put out, zero in the padding: [source time, sources, features].</param>
    /// <param name="lengths">Where each source ends.</param>
    public DecoderState Start(RecurrentState initial, Tensor read, Tensors.Lengths lengths)
    {
        var memory = attention?.Remember(read, lengths);
        var fed = options.InputFeeding ? zeros([read.size(1), sizes.Output], read.dtype, read.device) : null; // [sources, output]
        return new DecoderState(initial, memory, fed, read.size(1));
    }

    /// <summary>All steps of known sequences at once.</summary>
    /// <param name="embedded">The symbol before each step: [time, sequences, features].</param>
    /// <param name="state">From <see cref="Start"/>, a row a sequence.</param>
    /// <param name="batch">Where they end, and which rows are wanted.</param>
    /// <returns>r of the rows that are wanted: [rows, output].</returns>
    public Tensor ReadAll(Tensor embedded, DecoderState state, DecoderBatch batch)
    {
        var (hidden, _) = recurrent.Forward(inputDropout.Apply(embedded, training), state.Recurrent, batch.Lengths); // [time, sequences, hidden]
        var known = hidden.flatten(0, 1).index_select(0, batch.Rows); // [time, sequences, hidden] → [rows, hidden]
        if (attention is not null)
        {
            var (contexts, _) = attention.Look(hidden.transpose(0, 1), state.Memory!); // [sequences, time, features]
            known = cat([known, contexts.flatten(0, 1).index_select(0, batch.RowsBySequence)], 1); // [rows, hidden + features]
        }

        return readout is null ? known : readout.Forward(known); // [rows, output]
    }

    /// <summary>One step of every row.</summary>
    /// <param name="embedded">The last symbol of each: [rows, features].</param>
    /// <param name="state">The state before it.</param>
    /// <returns>r, [rows, output]; a, [rows, source time], where there is attention; and the state after it.</returns>
    public (Tensor Output, Tensor? Weights, DecoderState Next) Step(Tensor embedded, DecoderState state)
    {
        var symbol = inputDropout.Apply(embedded.unsqueeze(0), training).squeeze(0); // [rows, features]
        var (context, weights) = ComesBefore ? Look(state.Recurrent[state.Recurrent.Layers - 1][0].Hidden, state) : default; // [rows, features], [rows, source time]
        Tensor[] parts = [symbol, .. Given(context), .. Given(state.Fed)];
        var input = parts.Length == 1 ? symbol : cat(parts, 1); // [rows, input]
        var (output, next) = recurrent.Forward(input.unsqueeze(0), state.Recurrent); // [1, rows, hidden]
        var hidden = output.squeeze(0); // [1, rows, hidden] → [rows, hidden]
        if (attention is not null && !ComesBefore) (context, weights) = Look(hidden, state); // [rows, features], [rows, source time]
        Tensor[] known = [hidden, .. Given(context), .. ComesBefore ? new[] { symbol } : []];
        var told = readout is null ? hidden : readout.Forward(known.Length == 1 ? hidden : cat(known, 1)); // [rows, output]
        return (told, weights, state.Next(next, options.InputFeeding ? told : null));
    }

    /// <summary>Its parameters: `decoder.recurrent.weight_ih_l0` …, `decoder.attention.key.weight` …, `decoder.readout.weight` ….</summary>
    public IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        .. Named("recurrent.", recurrent.NamedParameters()),
        .. Named("attention.", attention?.NamedParameters() ?? []),
        .. Named("", readout?.NamedParameters() ?? []),
    ];

    private static IEnumerable<NamedParameter> Named(string block, IEnumerable<NamedParameter> parameters) =>
        parameters.Select(parameter => parameter with { Name = $"decoder.{block}{parameter.Name}" });

    private static Tensor[] Given(Tensor? tensor) => tensor is null ? [] : [tensor];

    /// <summary>Contexts and weights of rows that stand side by side for each source.</summary>
    private (Tensor? Context, Tensor? Weights) Look(Tensor hidden, DecoderState state)
    {
        var queries = hidden.view(-1, state.RowsPerSource, hidden.size(1)); // [rows, hidden] → [sources, rows of each, hidden]
        var (context, weights) = attention!.Look(queries, state.Memory!); // [sources, rows of each, features], [sources, rows of each, source time]
        return (context.flatten(0, 1), weights.flatten(0, 1)); // [rows, features], [rows, source time]
    }
}
