using RnnTrain.Layers;
using RnnTrain.Models.Attentions;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// What a decoder remembers of the sequences it is writing: a row each. Rows of one source stand side by side, as many for every source, and share what was
/// read of it.
/// </summary>
public sealed class DecoderState : IDisposable
{
    private readonly long sources;

    /// <param name="recurrent">The state of its recurrent layers, a row each.</param>
    /// <param name="memory">What it can look at, an entry a source; null without attention.</param>
    /// <param name="fed">The vector of the step before that its layers read again, [rows, hidden]; null without input feeding.</param>
    /// <param name="sources">Different sources; divides the rows.</param>
    public DecoderState(RecurrentState recurrent, AttentionMemory? memory, Tensor? fed, long sources)
    {
        Recurrent = recurrent;
        Memory = memory;
        Fed = fed;
        this.sources = sources;
    }

    /// <summary>Sequences that are being written.</summary>
    public long Rows => Recurrent.Batch;

    /// <summary>Rows of each source.</summary>
    public long RowsPerSource => Rows / sources;

    /// <summary>The state of its recurrent layers, a row each.</summary>
    public RecurrentState Recurrent { get; }

    /// <summary>What it can look at, an entry a source; null without attention.</summary>
    public AttentionMemory? Memory { get; }

    /// <summary>The vector of the step before that its layers read again, [rows, hidden]; null without input feeding.</summary>
    public Tensor? Fed { get; }

    /// <summary>The state after one more step.</summary>
    internal DecoderState Next(RecurrentState recurrent, Tensor? fed) => new(recurrent, Memory, fed, sources);

    /// <summary>The same, what was read being laid out for being looked at step after step.</summary>
    internal DecoderState Contiguous() => new(Recurrent, Memory?.Contiguous(), Fed, sources);

    /// <summary>Each row so many times, its copies side by side: row r becomes rows r · count to r · count + count − 1.</summary>
    public DecoderState Repeat(long count)
    {
        using var rows = arange(Rows, int64, Recurrent[0][0].Hidden.device).repeat_interleave(count); // [rows · count]
        return Reorder(rows);
    }

    /// <summary>Each row takes the state of a row of the same source, so that what was read stays in its place: a step of beam search.</summary>
    /// <param name="rows">For each row the one it takes, of Int64: [rows]; or for each source in turn as many as are wanted from now on.</param>
    public DecoderState Reorder(Tensor rows) =>
        new(Recurrent.Select(rows), Memory, Fed?.index_select(0, rows), sources); // [rows, …] → [chosen, …]

    /// <summary>Some of the sources, in the order asked for, each with all of its rows.</summary>
    /// <param name="chosen">Sources of Int64: [chosen].</param>
    public DecoderState SelectSources(Tensor chosen)
    {
        using var offsets = arange(RowsPerSource, int64, chosen.device); // [rows of a source]
        using var first = chosen.unsqueeze(1) * RowsPerSource; // [chosen, 1]
        using var rows = (first + offsets).flatten(); // [chosen, rows of a source] → [rows]
        return new(Recurrent.Select(rows), Memory?.Select(chosen), Fed?.index_select(0, rows), chosen.size(0)); // [rows, …]
    }

    /// <summary>Hands its tensors to the dispose scope around the current one, or to nobody where there is none; returns itself.</summary>
    public DecoderState MoveToOuterDisposeScope()
    {
        Recurrent.MoveToOuterDisposeScope();
        Memory?.MoveToOuterDisposeScope();
        Fed?.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>
    /// Takes the place of the state before it: goes to the dispose scope around the current one, where that one is, and gives back what the two do not share.
    /// </summary>
    public void Succeed(DecoderState former)
    {
        Recurrent.MoveToOuterDisposeScope();
        Fed?.MoveToOuterDisposeScope();
        former.Recurrent.Dispose();
        former.Fed?.Dispose();
        if (ReferenceEquals(Memory?.Values, former.Memory?.Values)) return;
        Memory!.MoveToOuterDisposeScope();
        former.Memory!.Dispose();
    }

    /// <summary>Gives back its tensors; what was read of the sources too, which other states may share.</summary>
    public void Dispose()
    {
        Recurrent.Dispose();
        Memory?.Dispose();
        Fed?.Dispose();
    }
}
