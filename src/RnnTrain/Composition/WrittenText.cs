using RnnTrain.Data.Encoding;
using RnnTrain.Generation;
using RnnTrain.Models;
using RnnTrain.Numerics;
using static TorchSharp.torch;

namespace RnnTrain.Composition;

/// <summary>A text that a model writes after a prompt; the same seed gives the same text.</summary>
/// <param name="Prompt">What the text begins with.</param>
/// <param name="Length">Tokens to write after it.</param>
/// <param name="Options">How each token is drawn.</param>
/// <param name="Seed">Where chance comes from.</param>
public sealed record WrittenText(string Prompt, int Length, SamplingOptions Options, long Seed)
{
    /// <summary>Writes prompt and text as they come, a line feed after them, until the token stops it.</summary>
    /// <exception cref="Configuration.UserMistakeException">The prompt holds what the model has never seen.</exception>
    public void WriteTo(
        TextWriter output, SequenceModel model, ITokenizer tokenizer, Vocabulary vocabulary, Device device, CancellationToken cancel)
    {
        using var network = model is LanguageModel recurrent ? new LanguageModelPredictor(recurrent, device) : null;
        ITokenPredictor predictor = model is NGramModel nGrams ? new NGramPredictor(nGrams.Counted)
            : network ?? throw new ArgumentException("a model that writes no text", nameof(model));
        int[] never = vocabulary.UnknownId is { } unknown ? [unknown] : [];
        var sampler = new Sampler(Options, PortableRandom.For(Seed, "generate"), never);
        var pieces = new TextGenerator(predictor, sampler).Continue(tokenizer, vocabulary, Prompt, Length);
        output.Write(Prompt);
        foreach (var piece in pieces)
        {
            if (cancel.IsCancellationRequested) break;
            output.Write(piece);
            output.Flush();
        }
        output.WriteLine();
    }
}
