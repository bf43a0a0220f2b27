using System.Globalization;

namespace RnnTrain.Reports;

/// <summary>What of a network's configuration bears on how far back it learns, and the sentences that follow from a measurement.</summary>
/// <param name="HasForgetGate">True where a bias can hold the cell's memory open.</param>
/// <param name="ForgetGateBias">What the configuration starts that bias with; null where it says nothing.</param>
/// <param name="IsOrthogonal">True where recurrent matrices start orthogonal.</param>
/// <param name="ClipNorm">At what gradients are clipped; null for never.</param>
public sealed record MemoryAdvice(bool HasForgetGate, double? ForgetGateBias, bool IsOrthogonal, double? ClipNorm)
{
    /// <summary>What was measured, as a plain sentence without its full stop.</summary>
    public static string Sentence(GradientReach reach)
    {
        var window = $"{reach.Steps} steps back";
        if (reach.NothingBeyond is { } last)
        {
            return Invariant($"the gradient ends {last} steps back: what lies further back cannot be learned");
        }
        return reach.Verdict switch
        {
            MemoryVerdict.Vanishing when FallsFirst(reach) => Invariant(
                $"the gradient falls to 1 % within {reach.Horizon} steps, and shrinks {reach.Rate:0.00#} a step over all: what is {reach.Horizon} steps back can hardly be learned"),
            MemoryVerdict.Vanishing => Invariant(
                $"the gradient shrinks {reach.Rate:0.00#} a step: what is {reach.Horizon} steps back cannot be learned (1 % of the gradient is left)"),
            MemoryVerdict.Exploding when double.IsInfinity(reach.Remains) => Invariant(
                $"the gradient grows {reach.Rate:0.00#} a step, beyond all numbers {window}"),
            MemoryVerdict.Exploding => Invariant($"the gradient grows {reach.Rate:0.00#} a step: {window} it is {reach.Remains:0.#e+0} times as large"),
            _ => Invariant($"the gradient holds: {reach.Rate:0.00#} a step, and {window} {Remains(reach)}{Beyond(reach)}"),
        };
    }

    /// <summary>What to do about it; null where there is nothing to do.</summary>
    public string? Remedy(MemoryVerdict verdict) => verdict switch
    {
        MemoryVerdict.Vanishing => $"try {string.Join(", or ", AgainstVanishing())}",
        MemoryVerdict.Exploding => $"try {string.Join(", or ", AgainstExploding())}",
        _ => null,
    };

    private IEnumerable<string> AgainstVanishing()
    {
        if (HasForgetGate)
        {
            yield return ForgetGateBias is { } bias
                ? Invariant($"a model.initialization.forget_gate_bias above {bias}")
                : "model.initialization.forget_gate_bias: 1 or more";
        }
        else
        {
            yield return "model.cell.type: gru";
        }
        if (!IsOrthogonal) yield return "model.initialization.type: orthogonal";
    }

    private IEnumerable<string> AgainstExploding()
    {
        if (ClipNorm is null) yield return "training.clip_norm: 1";
        if (!IsOrthogonal) yield return "model.initialization.type: orthogonal";
        if (!HasForgetGate) yield return "model.cell.type: gru";
        if (ClipNorm is not null) yield return "a smaller initialisation";
    }

    /// <summary>Whether most is lost in the first steps, as where the output sees h and little comes through to c: then the rate alone would mislead.</summary>
    private static bool FallsFirst(GradientReach reach) =>
        reach.HorizonIsMeasured && reach.Rate < 1 && 2 * reach.Horizon < Math.Log(GradientReach.GoneShare) / Math.Log(reach.Rate);

    private static string Remains(GradientReach reach) =>
        reach.Remains < 2 ? Invariant($"{reach.Remains:P0} of it is there") : Invariant($"it is {reach.Remains:0.#} times as large");

    private static string Beyond(GradientReach reach) =>
        reach.Horizon is { } horizon ? Invariant($"; 1 % is left after about {horizon:N0}") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
