using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>What a decoder says when it has read one more symbol.</summary>
/// <param name="LogProbabilities">
/// ln p of each symbol to come next, over all of <see cref="Data.Encoding.WrittenSymbols"/>, so Begin has a share too, which nobody should write: [rows, symbols]
/// of Float32.
/// </param>
/// <param name="Next">The state after it.</param>
/// <param name="Attention">How much it looked at each token read, 0 in the padding: [rows, source time] of Float32; null where the model has no attention.</param>
public readonly record struct DecoderStep(Tensor LogProbabilities, DecoderState Next, Tensor? Attention);
