using RnnTrain.Models;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Generation.Decoding;

/// <summary>A way to choose what a decoder writes.</summary>
public interface ITextSearch
{
    /// <summary>Texts for each sequence read, the best first; what is found for one depends on no other.</summary>
    /// <param name="decoder">In evaluation mode.</param>
    /// <param name="source">Tokens of Int64, right-padded: [source time, sources].</param>
    /// <param name="lengths">Where each ends.</param>
    /// <exception cref="Configuration.UserMistakeException">The weights are not finite, or the options want attention and there is none.</exception>
    IReadOnlyList<IReadOnlyList<Hypothesis>> Search(ITextDecoder decoder, Tensor source, Lengths lengths);
}
