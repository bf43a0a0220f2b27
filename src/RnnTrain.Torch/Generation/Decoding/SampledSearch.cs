using RnnTrain.Configuration;
using RnnTrain.Models;
using RnnTrain.Numerics;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Generation.Decoding;

/// <summary>Draws texts symbol by symbol. What is drawn for a sequence depends on it, its key and the seed, and on nothing that stands beside it.</summary>
/// <param name="options">What may be written and what it is worth; the beam plays no part.</param>
/// <param name="sampling">How symbols are drawn.</param>
/// <param name="seed">The same seed gives the same texts.</param>
/// <param name="keys">For each sequence that is read a number, for instance its line: sequences of the same number have the same chance.</param>
/// <param name="wanted">Texts for each sequence.</param>
/// <param name="unknown">A symbol that is never written; null where there is none.</param>
/// <param name="keepsAttention">Keep what was looked at for each symbol.</param>
public sealed class SampledSearch(
    DecodingOptions options, SamplingOptions sampling, long seed, IReadOnlyList<long> keys, int wanted = 1, int? unknown = null, bool keepsAttention = false) : ITextSearch
{
    public IReadOnlyList<IReadOnlyList<Hypothesis>> Search(ITextDecoder decoder, Tensor source, Lengths lengths)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var rules = new DecodingRules(options, decoder.Symbols, unknown);
        var rows = new DecoderRows(decoder, source, lengths, options.CoveragePenalty > 0, keepsAttention);
        DrawnText[][] texts =
        [
            .. lengths.Values.Select((read, place) => Enumerable.Range(0, wanted)
                .Select(sample => new DrawnText(rules, decoder.Symbols, read, Sampler(keys[place], sample))).ToArray()),
        ];
        var active = texts;
        while (active.Length > 0)
        {
            using var step = NewDisposeScope();
            Draw(active, rows);
            int[] kept = [.. Enumerable.Range(0, active.Length).Where(place => active[place].Any(text => text.Result is null))];
            active = [.. kept.Select(place => active[place])];
            if (active.Length > 0) rows.Continue(kept, [.. active.Select(drawn => drawn.Select((text, sample) => new Branch(Row(rows, sample), text.Last)).ToArray())]);
        }

        return [.. texts.Select(drawn => drawn.Select(text => text.Result!).OrderByDescending(text => text.Score).ToArray())];
    }

    private static void Draw(DrawnText[][] active, DecoderRows rows)
    {
        var (reading, values) = rows.ReadAll(); // [rows · symbols]
        var symbols = values.Length / (active.Length * rows.PerSource);
        for (var place = 0; place < active.Length; place++)
        {
            for (var sample = 0; sample < active[place].Length; sample++)
            {
                var row = place * rows.PerSource + Row(rows, sample);
                active[place][sample].Draw(reading, row, values.AsSpan(row * symbols, symbols).ToArray());
            }
        }
    }

    /// <summary>The row of a text among those of what it was drawn for: at first they share one.</summary>
    private static int Row(DecoderRows rows, int sample) => Math.Min(sample, rows.PerSource - 1);

    private Sampler Sampler(long key, int sample) => new(sampling, PortableRandom.For(seed, "decoding", key, sample));
}
