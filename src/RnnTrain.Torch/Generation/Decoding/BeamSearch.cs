using RnnTrain.Configuration;
using RnnTrain.Models;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Generation.Decoding;

/// <summary>
/// Beam search over a batch of sequences read: of each, the likeliest beginnings are followed side by side, as many as the beam is wide. A text is
/// finished where its end is among that many likeliest continuations; the search for a sequence is over when as many texts are finished, or when none
/// of the living can win any more, and its rows leave the batch. Each step brings a few numbers a row from the device, once, and sends the chosen back.
/// </summary>
public sealed class BeamSearch : ITextSearch
{
    private readonly DecodingOptions options;
    private readonly int wanted;
    private readonly int? unknown;
    private readonly bool keepsAttention;

    /// <param name="options">How wide the beam is, what may be written and what it is worth.</param>
    /// <param name="wanted">Texts for each sequence, at most the beam.</param>
    /// <param name="unknown">A symbol that is never written; null where there is none.</param>
    /// <param name="keepsAttention">Keep what was looked at for each symbol.</param>
    public BeamSearch(DecodingOptions options, int wanted = 1, int? unknown = null, bool keepsAttention = false)
    {
        if (wanted < 1 || wanted > options.Beam)
            throw new UserMistakeException($"decoding.beam: {wanted} texts are asked for, and beam search with {options.Beam} finds no more than that; widen the beam");
        this.options = options;
        this.wanted = wanted;
        this.unknown = unknown;
        this.keepsAttention = keepsAttention;
    }

    public IReadOnlyList<IReadOnlyList<Hypothesis>> Search(ITextDecoder decoder, Tensor source, Lengths lengths)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var rules = new DecodingRules(options, decoder.Symbols, unknown);
        SourceSearch[] searches = [.. lengths.Values.Select(read => new SourceSearch(rules, decoder.Symbols, options.Beam, wanted, read))];
        var rows = new DecoderRows(decoder, source, lengths, options.CoveragePenalty > 0, keepsAttention);
        var active = searches;
        while (active.Length > 0)
        {
            using var step = NewDisposeScope();
            IReadOnlyList<int>[][] blocked = [.. active.Select(search => search.Blocked())];
            var candidates = options.Beam + 1 + rules.Forbidden + blocked.Max(ofSource => ofSource.Max(symbols => symbols.Count));
            var reading = rows.Read(candidates);
            for (var place = 0; place < active.Length; place++) active[place].Advance(reading, place * rows.PerSource, blocked[place]);
            int[] kept = [.. Enumerable.Range(0, active.Length).Where(place => !active[place].IsOver)];
            active = [.. kept.Select(place => active[place])];
            if (active.Length > 0) rows.Continue(kept, [.. active.Select(search => search.Branches())]);
        }

        return [.. searches.Select(search => search.Best())];
    }
}
