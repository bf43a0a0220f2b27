using System.Runtime.InteropServices;
using RnnTrain.Layers;
using RnnTrain.Models;
using static TorchSharp.torch;

namespace RnnTrain.Generation;

/// <summary>A language model that reads one text, its recurrent state carried from token to token.</summary>
public sealed class LanguageModelPredictor : ITokenPredictor, IDisposable
{
    // A long prompt is read in windows, which bounds the memory of the layers' outputs.
    private const int LongestWindow = 512;

    private readonly LanguageModel model;
    private readonly Device device;
    private RecurrentState? state;

    /// <param name="model">Put in evaluation mode, and left in it.</param>
    /// <param name="device">Where its parameters are.</param>
    public LanguageModelPredictor(LanguageModel model, Device device)
    {
        this.model = model;
        this.device = device;
        model.eval();
    }

    public int Vocabulary => (int)model.Vocabulary;

    public void Read(ReadOnlySpan<int> tokens, Span<float> scores)
    {
        if (tokens.IsEmpty) throw new ArgumentException("no tokens to read", nameof(tokens));
        for (; tokens.Length > LongestWindow; tokens = tokens[LongestWindow..]) ReadWindow(tokens[..LongestWindow], default);
        ReadWindow(tokens, scores);
    }

    public void Dispose() => state?.Dispose();

    private void ReadWindow(ReadOnlySpan<int> tokens, Span<float> scores)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var ids = new long[tokens.Length];
        for (var i = 0; i < ids.Length; i++) ids[i] = tokens[i];
        var window = tensor(ids, [ids.Length, 1], device: device); // [time, batch = 1]
        var (hidden, next) = model.Read(window, state ?? model.NewState(batch: 1)); // [time · batch, hidden]
        if (!scores.IsEmpty)
        {
            var last = model.Logits(hidden.narrow(0, ids.Length - 1, 1)); // [time · batch, hidden] → [1, vocabulary]
            var managed = last.to(ScalarType.Float32).cpu().contiguous(); // [1, vocabulary]
            MemoryMarshal.Cast<byte, float>(managed.bytes).CopyTo(scores);
        }

        state?.Dispose();
        state = next.DetachFromDisposeScope();
    }
}
