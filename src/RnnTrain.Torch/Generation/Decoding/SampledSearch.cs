using RnnTrain.Configuration;
using RnnTrain.Models;
using RnnTrain.Numerics;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Generation.Decoding;

/// <summary>Draws texts symbol by symbol. What is drawn for a sequence depends on it and the seed, and on nothing that stands beside it.</summary>
/// <param name="options">What may be written and what it is worth; the beam plays no part.</param>
/// <param name="sampling">How symbols are drawn.</param>
/// <param name="seed">The same seed gives the same texts.</param>
/// <param name="wanted">Texts for each sequence.</param>
/// <param name="unknown">A symbol that is never written; null where there is none.</param>
/// <param name="keepsAttention">Keep what was looked at for each symbol.</param>
public sealed class SampledSearch(
    DecodingOptions options, SamplingOptions sampling, long seed, int wanted = 1, int? unknown = null, bool keepsAttention = false) : ITextSearch
{
    public IReadOnlyList<IReadOnlyList<Hypothesis>> Search(ITextDecoder decoder, Tensor source, Lengths lengths)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var rules = new DecodingRules(options, decoder.Symbols, unknown);
        var rows = new DecoderRows(decoder, source, lengths, options.CoveragePenalty > 0, keepsAttention);
        var tokens = source.cpu().data<long>().ToArray(); // [source time · sources]
        var count = (int)lengths.Batch;
        DrawnText[][] texts =
        [
            .. Enumerable.Range(0, count).Select(place => Enumerable.Range(0, wanted)
                .Select(sample => new DrawnText(rules, decoder.Symbols, lengths.Values[place], Sampler(Read(place), sample))).ToArray()),
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

        IEnumerable<long> Read(int place) => Enumerable.Range(0, (int)lengths.Values[place]).Select(time => tokens[time * count + place]);
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

    /// <summary>A generator for what was read and one of the texts drawn for it.</summary>
    private Sampler Sampler(IEnumerable<long> read, int sample)
    {
        var key = read.Aggregate(seed, (state, token) => Seeds.Derive(state, "read", token));
        return new Sampler(sampling, PortableRandom.For(key, "decoding", step: sample));
    }
}
