using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Examples;
using RnnTrain.Models;
using RnnTrain.Models.Attentions;
using RnnTrain.Tensors;
using RnnTrain.Tests.Cells;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models;

/// <summary>Small encoder-decoders and small batches for them.</summary>
internal static class EncoderDecoders
{
    public const int Read = 7;
    public const int Written = 6;

    public static readonly ExampleShape Shape = new(Vocabulary: Read, Features: 0, TargetKind.Sequence, Outputs: Written + 2);

    public static readonly int[][] Sources = [[1, 2, 3], [4, 5, 6, 0, 1, 2], [3], [6, 5, 4, 3, 2]];

    public static readonly int[][] Targets = [[1, 2, 3, 4, 5], [5], [3, 3, 0], [2, 1]];

    /// <summary>Every kind of attention and none, each with and without input feeding where that is possible.</summary>
    public static TheoryData<string, bool> Arrangements =>
        [("none", false), .. from entry in AttentionTable.Attentions.Entries from feeds in new[] { false, true } select (entry.Name, feeds)];

    public static AttentionOptions? Attention(string name) => name == "none" ? null
        : name == "location" ? new LocationAttentionOptions { Positions = 4 } // fewer than the longest source has steps
        : (AttentionOptions)Activator.CreateInstance(AttentionTable.Attentions.Entries.Single(entry => entry.Name == name).OptionsType)!;

    public static ModelOptions Options(string attention, bool feeds = false, string cell = "lstm") => new()
    {
        EmbeddingSize = 5,
        Cell = EveryCell.Variants.GetValueOrDefault(cell) ?? EveryCell.Variants[$"{cell} tanh"],
        HiddenSize = 6,
        Bidirectional = true,
        Decoder = new DecoderOptions { Attention = Attention(attention), InputFeeding = feeds, EmbeddingSize = 4, ReadoutSize = attention == "none" ? null : 10 },
    };

    /// <summary>In evaluation mode and in Float64, in which rounding hides nothing.</summary>
    public static EncoderDecoder Exact(ModelOptions options)
    {
        var model = new EncoderDecoder(options, Shape, seed: 1, ComputeEngine.Libtorch);
        model.to(ScalarType.Float64);
        model.ComputeIn(ScalarType.Float64);
        model.eval();
        return model;
    }

    public static (Tensor Source, Lengths Lengths, DecoderBatch Batch) Batch(IReadOnlyList<int[]> sources, IReadOnlyList<int[]> targets)
    {
        var padded = PaddedTokens.Of(sources);
        var source = tensor(padded.Tokens, [padded.Steps, padded.Count]); // [source time, sources]
        return (source, new Lengths(padded.Lengths, padded.Steps, CPU), new DecoderBatch(PaddedTokens.Of(targets), new WrittenSymbols(Written), CPU));
    }

    /// <summary>ln p of each target symbol and End, sequence after sequence, in one pass: [symbols of all].</summary>
    public static double[] Taught(EncoderDecoder model, IReadOnlyList<int[]> sources, IReadOnlyList<int[]> targets)
    {
        var (source, lengths, batch) = Batch(sources, targets);
        var told = model.Read(source, lengths, batch); // [rows, output]
        var targetsOfRows = batch.Targets.data<long>().ToArray();
        var byPlace = Enumerable.Range(0, targetsOfRows.Length).Where(row => targetsOfRows[row] != TokenBatch.Ignored)
            .OrderBy(row => batch.RowsBySequence[row].item<long>());
        return [.. byPlace.Select(row => -model.Loss(told.narrow(0, row, 1), batch.Targets.narrow(0, row, 1)).Sum.item<double>())];
    }
}
