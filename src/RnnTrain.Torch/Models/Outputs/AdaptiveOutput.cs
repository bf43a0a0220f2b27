using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Models.Outputs;

/// <summary>Options of <see cref="AdaptiveOutput"/>.</summary>
[Describe("Adaptive softmax (Grave et al. 2017) for large vocabularies: frequent tokens at once, rare ones by clusters with fewer features.")]
public sealed record AdaptiveOutputOptions : OutputOptions
{
    [Describe("Where the clusters begin: tokens before the first number are predicted at once, those from there to the next number by the first cluster, and so on. Tokens are numbered by how often they occur.")]
    [Bounds(1)]
    public required IReadOnlyList<int> Cutoffs { get; init; }

    [Describe("Each cluster has this many times fewer features than the one before.")]
    [Bounds(1)]
    public double DivValue { get; init; } = 4;

    public override string? CannotBeTied => "an adaptive output layer has matrices of other sizes than the embedding; set tie_weights to false";

    public override string? CannotBeSmoothed => "an adaptive output layer does not compute every token's probability in training; use output full, or no label smoothing";
}

/// <summary>
/// Grave, Joulin, Cissé, Grangier and Jégou, "Efficient softmax approximation for GPUs" (2017), the same function as PyTorch's
/// nn.AdaptiveLogSoftmaxWithLoss, under its names: <c>ln p(token) = ln p(head entry) + ln p(token | its cluster)</c>, where the head has one
/// entry a frequent token and one a cluster. It is an exact distribution over all tokens. Which rows a cluster has is found on the host, so
/// a GPU is waited for once a step.
/// </summary>
public sealed class AdaptiveOutput : OutputLayer
{
    private readonly OutputArguments arguments;
    private readonly bool usesOneDnn;
    private readonly long[] starts; // where each cluster begins, then the vocabulary
    private readonly AdaptiveTail[] tails;

    [ComponentName(Name = "head")]
    private readonly Parameter head; // [frequent + clusters, hidden]

    /// <exception cref="UserMistakeException">The cutoffs do not fit the vocabulary, or a cluster is left without features.</exception>
    public AdaptiveOutput(AdaptiveOutputOptions options, OutputArguments arguments)
        : base(nameof(AdaptiveOutput))
    {
        this.arguments = arguments;
        usesOneDnn = arguments.Engine != ComputeEngine.Libtorch && OneDnn.IsAvailable;
        starts = [.. options.Cutoffs, arguments.Vocabulary];
        if (options.Cutoffs.Count == 0 || starts.Zip(starts.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new UserMistakeException(
                $"model.output.cutoffs: [{string.Join(", ", options.Cutoffs)}] must rise and stay below the vocabulary's {arguments.Vocabulary} tokens");
        }

        tails = new AdaptiveTail[options.Cutoffs.Count];
        head = RecurrentCell.NewParameter(starts[0] + tails.Length, arguments.Hidden);
        RegisterComponents();
        for (var i = 0; i < tails.Length; i++)
        {
            var features = (long)(arguments.Hidden / Math.Pow(options.DivValue, i + 1));
            if (features == 0) throw new UserMistakeException($"model.output.div_value: {options.DivValue} leaves cluster {i + 1} of hidden_size {arguments.Hidden} no feature");
            register_module($"tail{i}", tails[i] = new AdaptiveTail(arguments.Hidden, features, starts[i + 1] - starts[i]));
        }
    }

    /// <summary>A cluster costs as often as its tokens occur, by Zipf's law: a token's probability falls as 1 / its rank.</summary>
    public override long MultiplyAddsPerToken => head.numel() + tails.Select((tail, i) =>
        (long)(tail.Numbers * Math.Log((starts[i + 1] + 1.0) / (starts[i] + 1)) / Math.Log(arguments.Vocabulary + 1.0))).Sum();

    /// <summary>The logarithms of the probabilities, whose softmax are the probabilities again.</summary>
    public override Tensor Forward(Tensor hidden, Tensor tied)
    {
        var top = LogSoftmax(nn.functional.linear(hidden, head)); // [rows, hidden] → [rows, frequent + clusters]
        var parts = new List<Tensor> { top.narrow(1, 0, starts[0]) }; // [rows, frequent]
        for (var i = 0; i < tails.Length; i++)
        {
            var within = LogSoftmax(nn.functional.linear(tails[i].Project(hidden), tails[i].Weight)); // [rows, hidden] → [rows, cluster]
            parts.Add(within + top.narrow(1, starts[0] + i, 1)); // [rows, cluster]
        }

        return cat(parts, 1); // [rows, vocabulary]
    }

    public override TokenLoss Loss(Tensor hidden, Tensor tied, Tensor targets, double factor, Tensor? lossScale = null, double smoothing = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(smoothing, 0);
        Shapes.Require(hidden, nameof(hidden), Shapes.Any, arguments.Hidden, "rows");
        var tokens = targets.cpu().data<long>().ToArray();
        var count = targets.ne(CrossEntropyProblem.Ignored).sum(); // []
        var entries = tensor([.. tokens.Select(HeadEntry)], device: targets.device); // [rows]
        var loss = LinearCrossEntropy.Loss(hidden, head, null, entries, factor, lossScale, usesOneDnn, count);
        var (objective, sum) = (loss.Objective, loss.Sum);
        for (var i = 0; i < tails.Length; i++)
        {
            long[] rows = [.. Rows(tokens, token => token >= starts[i] && token < starts[i + 1])];
            if (rows.Length == 0) continue;
            var some = hidden.index_select(0, tensor(rows, device: hidden.device)); // [rows, hidden] → [cluster's, hidden]
            var places = tensor([.. rows.Select(row => tokens[row] - starts[i])], device: targets.device); // [cluster's]
            var part = LinearCrossEntropy.Loss(tails[i].Project(some), tails[i].Weight, null, places, factor, lossScale, usesOneDnn, count);
            objective += part.Objective;
            sum += part.Sum;
        }

        return new TokenLoss(objective, sum, is_grad_enabled() ? null : Correct(hidden, tied, tokens, targets.device), count);
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("head.weight", head, ParameterRole.OutputWeight),
        .. tails.SelectMany((tail, i) => tail.NamedParameters(i)),
    ];

    private long HeadEntry(long token)
    {
        if (token == CrossEntropyProblem.Ignored) return token;
        if (token < 0 || token >= arguments.Vocabulary) throw new ArgumentOutOfRangeException(nameof(token), token, $"no token of a vocabulary of {arguments.Vocabulary}");
        var cluster = Array.FindLastIndex(starts, start => token >= start);
        return cluster < 0 ? token : starts[0] + cluster;
    }

    /// <summary>
    /// Where the head prefers a frequent token to each cluster, it prefers it to each token of the clusters; only the other rows need the
    /// probabilities of all.
    /// </summary>
    private Tensor Correct(Tensor hidden, Tensor tied, long[] tokens, Device device)
    {
        const int window = 256; // bounds the memory of all probabilities
        var best = nn.functional.linear(hidden, head).argmax(1).cpu().data<long>().ToArray();
        var correct = tokens.Where((token, row) => best[row] < starts[0] && best[row] == token).LongCount();
        foreach (var rows in Rows(best, entry => entry >= starts[0]).Chunk(window))
        {
            using var scope = NewDisposeScope();
            var some = hidden.index_select(0, tensor(rows, device: device)); // [window, hidden]
            var found = Forward(some, tied).argmax(1).cpu().data<long>().ToArray();
            correct += rows.Where((row, i) => tokens[row] == found[i]).LongCount();
        }

        return tensor(correct, device: device); // []
    }

    private static IEnumerable<long> Rows(long[] values, Predicate<long> isMeant)
    {
        for (var row = 0; row < values.Length; row++)
        {
            if (isMeant(values[row])) yield return row;
        }
    }

    /// <summary>In Float32 where the layer computes in a shorter type.</summary>
    private static Tensor LogSoftmax(Tensor logits) =>
        (logits.dtype == ScalarType.Float64 ? logits : logits.to(ScalarType.Float32)).log_softmax(1); // [rows, classes]
}
