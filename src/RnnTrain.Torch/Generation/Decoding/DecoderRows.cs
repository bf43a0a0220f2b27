using RnnTrain.Configuration;
using RnnTrain.Models;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Generation.Decoding;

/// <summary>
/// The rows of a decoder that write side by side, as many for each sequence read. Made in the dispose scope that holds what it remembers; each step
/// is taken in a scope inside it.
/// </summary>
internal sealed class DecoderRows
{
    private const double LeastCovered = 1e-20; // so that a token that was never looked at has a logarithm

    private readonly ITextDecoder decoder;
    private readonly bool keepsAttention;
    private readonly Device device;
    private DecoderState state;
    private DecoderState? next; // after the step that was read
    private Tensor? coverage; // what each token read was given so far, 1 in the padding: [rows, source time]; null where nobody asks
    private Tensor? covered; // the same after the step that was read
    private Tensor symbols; // last of each row: [rows]

    /// <exception cref="UserMistakeException">Coverage is asked for, and the model has no attention.</exception>
    public DecoderRows(ITextDecoder decoder, Tensor source, Lengths lengths, bool countsCoverage, bool keepsAttention)
    {
        this.decoder = decoder;
        this.keepsAttention = keepsAttention;
        device = source.device;
        if (countsCoverage && !decoder.HasAttention)
            throw new UserMistakeException("decoding.coverage_penalty: the model has no attention, so nothing is covered; remove the key");
        state = decoder.Encode(source, lengths);
        symbols = full([source.size(1)], decoder.Symbols.Begin, int64, device); // [sources]
        if (countsCoverage) coverage = (1 - lengths.Mask.squeeze(2).to(float32)).t().contiguous(); // [source time, sources, 1] → [sources, source time]
    }

    /// <summary>Rows for each sequence read.</summary>
    public int PerSource => (int)state.RowsPerSource;

    /// <summary>Takes a step and tells of each row's likeliest symbols.</summary>
    /// <param name="candidates">How many of them are wanted.</param>
    public DecoderReading Read(int candidates) => Read(candidates, Take());

    /// <summary>Takes a step and tells of all symbols, ln p of each: [rows · symbols].</summary>
    public (DecoderReading Reading, float[] LogProbabilities) ReadAll()
    {
        var step = Take();
        return (Read(1, step), DecoderReading.Floats(step.LogProbabilities));
    }

    /// <summary>Goes on with some of the sequences read.</summary>
    /// <param name="kept">Which of them, as they stand now.</param>
    /// <param name="branches">For each that is kept the rows it goes on with; those that have fewer than others get rows that nobody reads.</param>
    public void Continue(int[] kept, IReadOnlyList<Branch>[] branches)
    {
        var before = PerSource;
        var after = branches.Max(ofSource => ofSource.Count);
        var rows = kept.Length * after;
        var chosen = new long[3 * rows]; // symbols, rows among all before, rows among those of the kept: [3, rows]
        for (var place = 0; place < kept.Length; place++)
        {
            for (var branch = 0; branch < after; branch++)
            {
                var (row, from) = (place * after + branch, branches[place][Math.Min(branch, branches[place].Count - 1)]);
                chosen[row] = from.Symbol;
                chosen[rows + row] = kept[place] * before + from.Parent;
                chosen[2 * rows + row] = place * before + from.Parent;
            }
        }

        var sent = device.To(tensor(chosen, [3, rows])); // [3, rows]
        if (kept.Length * before < state.Rows) next = next!.SelectSources(device.To(tensor(kept.Select(source => (long)source).ToArray())));
        next = next!.Reorder(sent[2]);
        next.Succeed(state);
        state = next;
        symbols = Instead(symbols, sent[0].clone()); // [rows]
        if (coverage is not null) coverage = Instead(coverage, covered!.index_select(0, sent[1])); // [rows, source time]
    }

    private DecoderReading Read(int candidates, DecoderStep step)
    {
        var penalties = covered?.clamp(LeastCovered, 1).log().sum(1); // [rows, source time] → [rows]
        return new DecoderReading(step, candidates, decoder.Symbols.End, penalties, keepsAttention);
    }

    private DecoderStep Take()
    {
        var step = decoder.Step(symbols, state);
        next = step.Next;
        covered = coverage is null ? null : coverage + step.Attention!; // [rows, source time]
        return step;
    }

    /// <summary>A tensor that takes another one's place in the dispose scope around the current one.</summary>
    private static Tensor Instead(Tensor former, Tensor value)
    {
        former.Dispose();
        return value.MoveToOuterDisposeScope(); // any shape
    }
}
