using System.Runtime.InteropServices;
using RnnTrain.Configuration;
using RnnTrain.Models;
using static TorchSharp.torch;

namespace RnnTrain.Generation.Decoding;

/// <summary>What a search needs to know of one step of a decoder, brought from the device in one piece.</summary>
public sealed class DecoderReading
{
    private readonly float[] numbers; // [rows, width]
    private readonly int width; // of a row: k values, k symbols, the end, and as far as there are: looked, coverage, attention
    private readonly int looked = -1; // where it stands in a row
    private readonly int coverage = -1;
    private readonly int attention = -1; // from there to the end of the row

    /// <param name="step">What the decoder said.</param>
    /// <param name="candidates">How many of each row's likeliest symbols are wanted.</param>
    /// <param name="end">The end symbol.</param>
    /// <param name="covered">Σ_i ln min(1, coverage of token i): [rows]; null where nobody asks.</param>
    /// <param name="keepsAttention">Bring all that was looked at.</param>
    /// <exception cref="UserMistakeException">A probability is not a number.</exception>
    public DecoderReading(DecoderStep step, int candidates, int end, Tensor? covered, bool keepsAttention)
    {
        var all = step.LogProbabilities; // [rows, symbols]
        Candidates = (int)Math.Min(candidates, all.size(1));
        var (values, symbols) = all.topk(Candidates, 1); // [rows, k] each
        List<Tensor> parts = [values, symbols.to(float32), all.narrow(1, end, 1)]; // [rows, …]; Float32 holds symbols below 2²⁴
        width = 2 * Candidates + 1;
        if (step.Attention is not null)
        {
            looked = width++;
            parts.Add(step.Attention.argmax(1, true).to(float32)); // [rows, source time] → [rows, 1]
        }

        if (covered is not null)
        {
            coverage = width++;
            parts.Add(covered.unsqueeze(1)); // [rows] → [rows, 1]
        }

        if (keepsAttention && step.Attention is not null)
        {
            attention = width;
            width += (int)step.Attention.size(1);
            parts.Add(step.Attention); // [rows, source time]
        }

        numbers = Floats(cat([.. parts], 1)); // [rows, width]
        if (Enumerable.Range(0, numbers.Length / width).Any(row => float.IsNaN(Value(row, 0))))
            throw new UserMistakeException("the model's probabilities are not numbers: its weights are not finite; use an earlier checkpoint");
    }

    /// <summary>How many of the likeliest symbols of a row there are.</summary>
    public int Candidates { get; }

    /// <summary>ln p of a row's likeliest symbols, in falling order.</summary>
    public float Value(int row, int candidate) => numbers[row * width + candidate];

    /// <summary>A row's likeliest symbols.</summary>
    public int Symbol(int row, int candidate) => (int)numbers[row * width + Candidates + candidate];

    /// <summary>ln p of the end.</summary>
    public float End(int row) => numbers[row * width + 2 * Candidates];

    /// <summary>The token read that was looked at most; −1 without attention.</summary>
    public int Looked(int row) => looked < 0 ? -1 : (int)numbers[row * width + looked];

    /// <summary>Σ_i ln min(1, coverage of token i); 0 where nobody asked.</summary>
    public double Coverage(int row) => coverage < 0 ? 0 : numbers[row * width + coverage];

    /// <summary>How much each token read was looked at, [source time]; empty where nobody asked or there is no attention.</summary>
    public ReadOnlyMemory<float> Attention(int row) => attention < 0 ? default : numbers.AsMemory(row * width + attention, width - attention);

    /// <summary>The numbers of a tensor, whatever its type and device.</summary>
    internal static float[] Floats(Tensor tensor)
    {
        using var managed = tensor.to(float32).cpu().contiguous(); // any shape
        return MemoryMarshal.Cast<byte, float>(managed.bytes).ToArray();
    }
}
