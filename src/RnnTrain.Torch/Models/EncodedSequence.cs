using RnnTrain.Layers;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>What a <see cref="SequenceEncoder"/> makes of a batch of sequences.</summary>
/// <param name="Output">The last hidden layer, after dropout in training: [time, batch, output].</param>
/// <param name="Undropped">The same before dropout.</param>
/// <param name="Final">The state after the sequences, still part of the graph.</param>
public readonly record struct EncodedSequence(Tensor Output, Tensor Undropped, RecurrentState Final)
{
    public void Deconstruct(out Tensor output, out RecurrentState final) => (output, final) = (Output, Final);
}
