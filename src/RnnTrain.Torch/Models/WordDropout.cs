using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// Dropout of whole words: Gal and Ghahramani, "A theoretically grounded application of dropout in recurrent neural networks" (2016). Rows of
/// the embedding matrix become zero, so a word is dropped wherever it stands in the batch; the other rows grow by 1 / (1 − share).
/// </summary>
public static class WordDropout
{
    /// <summary>The factor of each token's features, 0 or 1 / (1 − share): the same for equal tokens.</summary>
    /// <param name="tokens">[time, batch] of Int64.</param>
    /// <param name="vocabulary">Different tokens.</param>
    /// <param name="share">Of the words that are dropped.</param>
    /// <returns>[time, batch, 1] of Float32.</returns>
    public static Tensor Factors(Tensor tokens, long vocabulary, double share)
    {
        var kept = nn.functional.dropout(ones([vocabulary], ScalarType.Float32, tokens.device), share); // [vocabulary]
        return kept.index_select(0, tokens.flatten()).view(tokens.size(0), tokens.size(1), 1); // [vocabulary] → [time, batch, 1]
    }
}
