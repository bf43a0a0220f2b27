using RnnTrain.Cells;
using RnnTrain.Data.Encoding;
using RnnTrain.Layers;
using RnnTrain.Models;
using RnnTrain.Models.Attentions;
using RnnTrain.Numerics;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Generation.Decoding;

/// <summary>
/// A decoder whose probabilities are a random function of what was read and what was written: nothing can be guessed, and no two texts are alike. Its state
/// is the text itself, so that a row that took another's place is noticed.
/// </summary>
internal sealed class RandomTextDecoder(int vocabulary, bool hasAttention = true) : ITextDecoder
{
    private const int Longest = 64;

    public WrittenSymbols Symbols => new(vocabulary);

    public bool HasAttention => hasAttention;

    /// <summary>How flat its expectations are; a smaller one makes them sharper.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Rows of each step so far.</summary>
    public List<long> Rows { get; } = [];

    /// <summary>Sequences read, of each step so far.</summary>
    public List<long> Sources { get; } = [];

    public DecoderState Encode(Tensor source, Lengths lengths)
    {
        var sources = source.size(1);
        using var steps = arange(source.size(0), int64).unsqueeze(1); // [source time, 1]
        using var ends = tensor(lengths.Values.ToArray()).unsqueeze(0); // [1, sources]
        var tokens = where(steps.lt(ends), source, full_like(source, -1)); // [source time, sources], −1 in the padding
        var state = new RecurrentState([[new StatePart("h", Longest)]], [[new CellState(full([sources, Longest], -1, float32))]]);
        return new DecoderState(state, new AttentionMemory(tokens.t().unsqueeze(2).to(float32).contiguous(), null, null), null, sources);
    }

    public DecoderStep Step(Tensor symbols, DecoderState state)
    {
        Rows.Add(state.Rows);
        Sources.Add(state.Rows / state.RowsPerSource);
        var (rows, perSource) = ((int)state.Rows, (int)state.RowsPerSource);
        var written = state.Recurrent[0][0].Hidden.clone(); // [rows, longest]
        var texts = written.data<float>().ToArray();
        var last = symbols.data<long>().ToArray();
        var memory = state.Memory!.Values; // [sources, source time, 1]
        var (read, time) = (memory.data<float>().ToArray(), (int)memory.size(1));
        var scores = new float[rows * Symbols.Count];
        var looks = new float[rows * time];
        for (var row = 0; row < rows; row++)
        {
            var text = texts.AsSpan(row * Longest, Longest);
            var place = text.IndexOf(-1);
            text[place] = last[row];
            int[] before = [.. text[1..(place + 1)].ToArray().Select(symbol => (int)symbol)]; // Begin is left out
            int[] source = [.. read.AsSpan(row / perSource * time, time).ToArray().Where(token => token >= 0).Select(token => (int)token)];
            LogProbabilities(source, before).Select(value => (float)value).ToArray().CopyTo(scores, row * Symbols.Count);
            Attention(source, before).Select(value => (float)value).ToArray().CopyTo(looks, row * time);
        }

        var next = new RecurrentState([[new StatePart("h", Longest)]], [[new CellState(tensor(texts, [rows, Longest]))]]);
        var after = new DecoderState(next, state.Memory, null, rows / perSource);
        return new DecoderStep(tensor(scores, [rows, Symbols.Count]), after, hasAttention ? tensor(looks, [rows, time]) : null);
    }

    /// <summary>ln p of each symbol after a text, [symbols].</summary>
    public double[] LogProbabilities(int[] read, int[] written)
    {
        var random = Random(read, written, "symbols");
        double[] scores = [.. Enumerable.Range(0, Symbols.Count).Select(_ => random.NextNormal() / Temperature)];
        var sum = Math.Log(scores.Sum(Math.Exp));
        return [.. scores.Select(score => score - sum)];
    }

    /// <summary>How much it looks at each token read before it writes the next symbol, [source time].</summary>
    public double[] Attention(int[] read, int[] written)
    {
        var random = Random(read, written, "attention");
        double[] scores = [.. read.Select(_ => Math.Exp(2 * random.NextNormal()))];
        return [.. scores.Select(score => score / scores.Sum())];
    }

    private static PortableRandom Random(int[] read, int[] written, string purpose)
    {
        var key = read.Aggregate(1L, (state, token) => Seeds.Derive(state, "read", token));
        return PortableRandom.For(written.Aggregate(key, (state, symbol) => Seeds.Derive(state, "written", symbol)), purpose);
    }
}
