using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Examples;
using RnnTrain.Generation.Decoding;
using RnnTrain.Models;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Prediction;

/// <summary>Writes a text for each that it reads.</summary>
public sealed class SequenceToSequencePredictor : IPredictor
{
    private readonly ITextDecoder model;
    private readonly TextExampleEncoder encoder;
    private readonly DecodingOptions options;
    private readonly PredictionOptions wanted;
    private readonly Device device;
    private readonly IReranker? reranker;
    private readonly UnknownWords unknownWords;

    /// <param name="model">In evaluation mode; owned where it can be.</param>
    /// <param name="encoder">How its texts become tokens.</param>
    /// <param name="options">Which texts are looked for.</param>
    /// <param name="wanted">What is told of them.</param>
    /// <param name="device">Where the model is.</param>
    /// <param name="reranker">What chooses among the texts that were found; owned; null for their score alone.</param>
    /// <exception cref="UserMistakeException">The options want what the model has not.</exception>
    public SequenceToSequencePredictor(
        ITextDecoder model, TextExampleEncoder encoder, DecodingOptions options, PredictionOptions wanted, Device device, IReranker? reranker = null)
    {
        this.model = model;
        this.encoder = encoder;
        this.options = options;
        this.wanted = wanted;
        this.device = device;
        this.reranker = reranker;
        unknownWords = options.UnknownWords ?? (model.HasAttention ? UnknownWords.Copy : UnknownWords.Avoid);
        if (unknownWords == UnknownWords.Copy && !model.HasAttention)
            throw new UserMistakeException("decoding.unknown_words: the model has no attention that says which word to copy; choose keep or avoid");
        if (wanted.Attention && !model.HasAttention) throw new UserMistakeException("--attention: this model has none; leave it out");
    }

    /// <summary>The trained model of an experiment, which decodes as its `decoding` says.</summary>
    internal static SequenceToSequencePredictor Of(PredictorArguments arguments)
    {
        var encoder = new TextExampleEncoder(arguments.Config.Data, arguments.Lexicon);
        var model = new EncoderDecoder(arguments.Config.Model, encoder.Shape, seed: null, arguments.Config.Engine);
        model.to(arguments.Device);
        arguments.Restore(model);
        return new(model, encoder, arguments.Config.Decoding ?? new DecodingOptions(), arguments.Options, arguments.Device, arguments.Reranker);
    }

    public IReadOnlyList<Answer> Predict(IReadOnlyList<TextExample> inputs)
    {
        var examples = inputs.Select(encoder.EncodeInput).ToList();
        var answers = new Answer[inputs.Count];
        Array.Fill(answers, Answer.Nothing);
        int[] places = [.. Enumerable.Range(0, inputs.Count).Where(place => examples[place] is not null)];
        if (places.Length == 0) return answers;
        using var scope = NewDisposeScope();
        var padded = PaddedTokens.Of([.. places.Select(place => examples[place]!.Tokens)]);
        var source = device.To(tensor(padded.Tokens, [padded.Steps, padded.Count])); // [source time, sources]
        var search = Search([.. places.Select(place => inputs[place].Place.Line)]);
        var found = search.Search(model, source, new Lengths(padded.Lengths, padded.Steps, device));
        for (var row = 0; row < places.Length; row++) answers[places[row]] = Told(inputs[places[row]], found[row]);
        return answers;
    }

    public void Dispose()
    {
        (model as IDisposable)?.Dispose();
        reranker?.Dispose();
    }

    private ITextSearch Search(IReadOnlyList<long> lines)
    {
        var count = reranker is null ? wanted.Texts : Math.Max(wanted.Texts, options.Beam);
        var unknown = unknownWords == UnknownWords.Avoid ? encoder.Written!.Vocabulary.UnknownId : null;
        return wanted.Sampling is { } sampling
            ? new SampledSearch(options, sampling, wanted.Seed, lines, count, unknown, wanted.Attention)
            : new BeamSearch(options, count, unknown, wanted.Attention);
    }

    private Answer Told(TextExample input, IReadOnlyList<Hypothesis> found)
    {
        var read = input.Words ?? encoder.Read.Shown(input.Text);
        var texts = Ranked(input, [.. found.Select(hypothesis => (hypothesis, Text(hypothesis, read)))]);
        var (best, text) = texts[0];
        List<KeyValuePair<string, object>> fields = [new("text", text)];
        List<KeyValuePair<string, object>> scores = [new("score", best.Score), new("log_probability", best.LogProbability)];
        if (wanted.Texts > 1)
        {
            fields.Add(new("texts", texts.Select(one => one.Text).ToArray()));
            scores.Add(new("scores", texts.Select(one => one.Hypothesis.Score).ToArray()));
        }

        return new Answer(text, fields) { Scores = wanted.Scores ? scores : [], Attention = best.Attention is null ? null : Attention(best, read) };
    }

    /// <summary>The texts that are wanted, the best first.</summary>
    private (Hypothesis Hypothesis, string Text)[] Ranked(TextExample input, (Hypothesis Hypothesis, string Text)[] found)
    {
        if (reranker is null) return found;
        var scores = reranker.Scores(input.Words is { } words ? string.Join(' ', words) : input.Text, found);
        return
        [
            .. found.Zip(scores, (one, score) => (Hypothesis: one.Hypothesis with { Score = score }, one.Text))
                .OrderByDescending(one => one.Hypothesis.Score).Take(wanted.Texts),
        ];
    }

    private string Text(Hypothesis hypothesis, IReadOnlyList<string> read) => unknownWords == UnknownWords.Copy
        ? encoder.Written!.Decode(hypothesis.Symbols, place => read[hypothesis.Looked[place]])
        : encoder.Written!.Decode(hypothesis.Symbols);

    private Alignment Attention(Hypothesis hypothesis, IReadOnlyList<string> read)
    {
        var weights = new float[hypothesis.Symbols.Length, read.Count];
        for (var row = 0; row < hypothesis.Symbols.Length; row++)
        {
            for (var column = 0; column < read.Count; column++) weights[row, column] = hypothesis.Attention![row][column];
        }

        return new Alignment(read, [.. hypothesis.Symbols.Select(encoder.Written!.Shown)], weights);
    }
}
