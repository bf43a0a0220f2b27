using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// Sequences that are to be written, as a decoder is taught them: it reads Begin and then each symbol that is right, and is to tell each symbol and then End.
/// What is told is scored where there is a symbol, and nowhere else: such places are called rows.
/// </summary>
public sealed class DecoderBatch
{
    private const int RowUnit = 16; // products are prepared for each number of rows anew, so there should be few

    /// <param name="target">The sequences, without Begin and End.</param>
    /// <param name="symbols">What they are made of.</param>
    /// <param name="device">Where tensors are to live.</param>
    public DecoderBatch(PaddedTokens target, WrittenSymbols symbols, Device device)
    {
        Time = target.Steps + 1;
        Count = target.Count;
        long[] lengths = [.. target.Lengths.Select(length => length + 1)];
        Lengths = new Lengths(lengths, Time, device);
        Input = device.To(tensor(Inputs(target, symbols), [Time, Count])); // [time, sequences]
        var rows = (int)((lengths.Sum() + RowUnit - 1) / RowUnit * RowUnit);
        var (byTime, bySequence, targets) = (new long[rows], new long[rows], new long[rows]);
        Array.Fill(targets, TokenBatch.Ignored); // those that only round the number up read row 0
        var row = 0;
        for (var time = 0; time < Time; time++)
        {
            for (var sequence = 0; sequence < Count; sequence++)
            {
                if (time >= lengths[sequence]) continue;
                byTime[row] = (time * Count) + sequence;
                bySequence[row] = (sequence * Time) + time;
                targets[row++] = time < target.Lengths[sequence] ? target.Tokens[(time * Count) + sequence] : symbols.End;
            }
        }

        Rows = device.To(tensor(byTime)); // [rows]
        RowsBySequence = device.To(tensor(bySequence)); // [rows]
        Targets = device.To(tensor(targets)); // [rows]
    }

    /// <summary>Steps of the longest, End counted.</summary>
    public int Time { get; }

    /// <summary>Sequences.</summary>
    public int Count { get; }

    /// <summary>How long each is, End counted.</summary>
    public Lengths Lengths { get; }

    /// <summary>The symbol before each: [time, sequences] of Int64.</summary>
    public Tensor Input { get; }

    /// <summary>Which of [time · sequences] each row is, [rows] of Int64; some more rows make the number round.</summary>
    public Tensor Rows { get; }

    /// <summary>Which of [sequences · time] each row is, [rows] of Int64.</summary>
    public Tensor RowsBySequence { get; }

    /// <summary>The symbol that is to be told in each row, or −100: [rows] of Int64.</summary>
    public Tensor Targets { get; }

    private static long[] Inputs(PaddedTokens target, WrittenSymbols symbols)
    {
        var inputs = new long[(target.Steps + 1) * target.Count];
        Array.Fill(inputs, symbols.Begin, 0, target.Count);
        target.Tokens.AsSpan(0, target.Steps * target.Count).CopyTo(inputs.AsSpan(target.Count));
        return inputs;
    }
}
