using RnnTrain.Data.Encoding;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// A model that writes a sequence symbol by symbol, having read another. It is asked in evaluation mode and under no_grad; what it gives belongs to the
/// dispose scope of whoever asks.
/// </summary>
public interface ITextDecoder
{
    /// <summary>What it reads and writes in <see cref="Step"/>.</summary>
    WrittenSymbols Symbols { get; }

    /// <summary>Whether a step tells what it looked at.</summary>
    bool HasAttention { get; }

    /// <summary>Reads whole sequences; what comes of each is what would come of it alone.</summary>
    /// <param name="source">Tokens of Int64, right-padded: [source time, sources].</param>
    /// <param name="lengths">Where each ends.</param>
    /// <returns>The state before the first symbol, one row a source.</returns>
    DecoderState Encode(Tensor source, Lengths lengths);

    /// <summary>Reads one symbol a row and tells the next.</summary>
    /// <param name="symbols">The last symbol of each row, at first <see cref="WrittenSymbols.Begin"/>: [rows] of Int64.</param>
    /// <param name="state">What <see cref="Encode"/> or the step before gave, with as many rows.</param>
    DecoderStep Step(Tensor symbols, DecoderState state);
}
