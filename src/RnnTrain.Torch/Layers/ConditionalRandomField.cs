using RnnTrain.Cells;
using RnnTrain.Engines;
using RnnTrain.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Layers;

/// <summary>
/// A conditional random field over a chain of classes: Lafferty, McCallum and Pereira (2001), on the scores that a network gives, as in Lample
/// et al., "Neural architectures for named entity recognition" (2016).
/// <code>
/// score(y) = start(y_0) + Σ_t x_t(y_t) + Σ_t A(y_t, y_(t+1)) + end(y_(T−1))        p(y) = exp(score(y)) / Σ_y' exp(score(y'))
/// </code>
/// Steps whose class is not known are summed over. What <see cref="Allowed"/> forbids costs so much that no path goes there while another is left.
/// </summary>
public sealed class ConditionalRandomField : nn.Module
{
    private const double Forbidden = -1e4; // finite, so that examples that break the rules of their own scheme have a loss
    private const double Excluded = -1e9;
    private readonly long classes;

    [ComponentName(Name = "transitions")]
    private readonly Parameter transitions; // [classes, classes]

    [ComponentName(Name = "start")]
    private readonly Parameter start; // [classes]

    [ComponentName(Name = "end")]
    private readonly Parameter end; // [classes]

    public ConditionalRandomField(long classes)
        : base(nameof(ConditionalRandomField))
    {
        this.classes = classes;
        transitions = RecurrentCell.NewParameter(classes, classes);
        start = RecurrentCell.NewParameter(classes);
        end = RecurrentCell.NewParameter(classes);
        RegisterComponents();
    }

    /// <summary>What answers and their probabilities keep to; everything if null.</summary>
    public AllowedSteps? Allowed { get; set; }

    /// <summary>True where the loss keeps to it too: then the network learns no scores to avoid what never occurs.</summary>
    public bool AllowedInTraining { get; set; }

    public IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        new("transitions", transitions, ParameterRole.Transition),
        new("start", start, ParameterRole.Transition),
        new("end", end, ParameterRole.Transition),
    ];

    /// <summary>−log p of the classes of a batch, added up over its examples, in nats: a scalar with gradient, on the CPU of Float64.</summary>
    /// <param name="scores">x, [time, batch, classes].</param>
    /// <param name="targets">[time · batch]: a class, or any other number where it is not known; on the host.</param>
    /// <param name="lengths">Where each example ends.</param>
    public Tensor Loss(Tensor scores, long[] targets, Lengths lengths)
    {
        Shapes.Require(scores, nameof(scores), lengths.Time, lengths.Batch, classes, "time", "batch");
        var (a, s, e) = Steps(AllowedInTraining); // [classes, classes], [classes] twice
        return scores.device_type == DeviceType.CPU
            ? ChainLikelihood.Of(Shape(targets, lengths), scores, a, s, e)
            : LossByTensors(scores, targets, lengths, a, s, e);
    }

    /// <summary>The same by tensor operations, on every device, in the type of the scores.</summary>
    /// <inheritdoc cref="Loss" path="/param"/>
    public Tensor LossByTensors(Tensor scores, long[] targets, Lengths lengths)
    {
        var (a, s, e) = Steps(AllowedInTraining); // [classes, classes], [classes] twice
        return LossByTensors(scores, targets, lengths, a, s, e);
    }

    /// <summary>The most likely classes of each example as a whole.</summary>
    /// <returns>[time · batch]; 0 beyond an example's length.</returns>
    /// <inheritdoc cref="Loss" path="/param"/>
    public long[] Best(Tensor scores, Lengths lengths)
    {
        Shapes.Require(scores, nameof(scores), lengths.Time, lengths.Batch, classes, "time", "batch");
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (a, s, e) = Steps(isAllowed: true); // [classes, classes], [classes] twice
        var path = new BestPath(Numbers(a), Numbers(s), Numbers(e));
        var (x, found) = (Numbers(scores.transpose(0, 1)), new long[lengths.Time * lengths.Batch]); // x: [batch, time, classes]
        for (var example = 0; example < lengths.Batch; example++)
        {
            var steps = x.AsSpan((int)(example * lengths.Time * classes), (int)(lengths.Values[example] * classes)); // [length, classes]
            var best = path.Find(steps);
            for (var t = 0; t < best.Length; t++) found[(t * lengths.Batch) + example] = best[t];
        }

        return found;
    }

    /// <summary>How likely each class is at each step, whatever stands at the others.</summary>
    /// <returns>[time, batch, classes] of Float64 on the CPU; zero beyond an example's length.</returns>
    /// <inheritdoc cref="Loss" path="/param"/>
    public Tensor Probabilities(Tensor scores, Lengths lengths)
    {
        Shapes.Require(scores, nameof(scores), lengths.Time, lengths.Batch, classes, "time", "batch");
        using var frozen = no_grad();
        var (a, s, e) = Steps(isAllowed: true); // [classes, classes], [classes] twice
        return ChainLikelihood.Probabilities(Shape([], lengths), scores.cpu(), a.cpu(), s.cpu(), e.cpu());
    }

    private static double[] Numbers(Tensor values) => values.cpu().to(ScalarType.Float64).contiguous().data<double>().ToArray();

    private ChainShape Shape(long[] targets, Lengths lengths) => new((int)lengths.Time, (int)lengths.Batch, (int)classes, lengths.Values, targets);

    /// <summary>The scores of transitions, of the first and of the last class.</summary>
    private (Tensor Transitions, Tensor Start, Tensor End) Steps(bool isAllowed)
    {
        if (!isAllowed || Allowed is not { } allowed) return (transitions, start, end);
        return (
            transitions + Costs(allowed.Transitions).view(classes, classes), // [classes, classes]
            start + Costs(allowed.Start), // [classes]
            end + Costs(allowed.End)); // [classes]
    }

    private Tensor Costs(IReadOnlyList<bool> isAllowed) =>
        tensor([.. isAllowed.Select(allowed => allowed ? 0.0 : Forbidden)], transitions.dtype, transitions.device); // [all]

    /// <summary>
    /// log Z over all paths minus log Z over those through the known classes. Both are found at once, the second as further examples in which
    /// every class but the known one is excluded; a step of all of them is four operations, and nothing waits for the device.
    /// </summary>
    private Tensor LossByTensors(Tensor scores, long[] targets, Lengths lengths, Tensor a, Tensor s, Tensor e)
    {
        var known = scores.device.To(tensor(targets)).view(lengths.Time, lengths.Batch, 1); // [time, batch, 1]
        var isExcluded = known.ge(0).logical_and(known.ne(arange(classes, int64, scores.device))); // [time, batch, classes]
        var x = cat([scores, scores.masked_fill(isExcluded, Excluded)], 1); // [time, 2 · batch, classes]
        var mask = cat([lengths.Mask, lengths.Mask], 1); // [time, 2 · batch, 1]
        var reached = s + x[0]; // [2 · batch, classes]
        for (var t = 1; t < lengths.Time; t++)
        {
            var next = (reached.unsqueeze(2) + a).logsumexp(1) + x[t]; // [2 · batch, classes, classes] → [2 · batch, classes]
            reached = where(mask[t], next, reached); // [2 · batch, classes]
        }

        var all = (reached + e).logsumexp(1); // [2 · batch, classes] → [2 · batch]
        return (all.narrow(0, 0, lengths.Batch) - all.narrow(0, lengths.Batch, lengths.Batch)).sum(); // [batch] → []
    }
}
