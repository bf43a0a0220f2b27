using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Models;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models;

/// <summary>A small language model for tests.</summary>
internal static class LanguageModels
{
    public const long Vocabulary = 5;

    public static ModelOptions Options { get; } = new() { EmbeddingSize = 4, Cell = new LstmOptions(), HiddenSize = 3, Layers = 2 };

    public static LanguageModel New(ModelOptions options, long seed = 1) => new(options, Vocabulary, seed);

    /// <summary>The text of scripts/golden/cells.py: [time, batch].</summary>
    public static Tensor Tokens(long first, long time, long batch)
    {
        var tokens = from step in Range(time) from lane in Range(batch) select ((7 * (first + step)) + (3 * lane) + (step * step)) % Vocabulary;
        return tensor(tokens.ToArray(), [time, batch], int64);

        static IEnumerable<long> Range(long count) => Enumerable.Range(0, (int)count).Select(value => (long)value);
    }
}
