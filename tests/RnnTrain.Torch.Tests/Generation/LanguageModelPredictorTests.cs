using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Generation;
using RnnTrain.Models;
using RnnTrain.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Generation;

public sealed class LanguageModelPredictorTests
{
    private static long LiveTensors => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private const int Vocabulary = 11;

    /// <summary>Every registered cell, fused where it can be and unrolled.</summary>
    public static TheoryData<string, LayerPath> Cells
    {
        get
        {
            var cells = new TheoryData<string, LayerPath>();
            foreach (var entry in CellTable.Cells.Made)
            {
                cells.Add(entry.Name, LayerPath.Auto);
                cells.Add(entry.Name, LayerPath.Unrolled);
            }

            return cells;
        }
    }

    private static LanguageModel ModelOf(string cell, LayerPath path) => new(
        new ModelOptions
        {
            EmbeddingSize = 6,
            HiddenSize = 8,
            Layers = 2,
            Cell = (CellOptions)Activator.CreateInstance(CellTable.Cells.Made.First(entry => entry.Name == cell).OptionsType)!,
            Dropout = new DropoutOptions { Embedding = 0.5, BetweenLayers = 0.5, Output = 0.5 },
            Path = path,
        },
        Vocabulary,
        seed: 3);

    private static int[] Text(int length)
    {
        var random = new PortableRandom(5);
        return [.. Enumerable.Range(0, length).Select(_ => (int)random.NextBelow(Vocabulary))];
    }

    private static float[] ScoresAfter(LanguageModel model, params IEnumerable<int[]> pieces)
    {
        using var predictor = new LanguageModelPredictor(model, CPU);
        var scores = new float[predictor.Vocabulary];
        foreach (var piece in pieces) predictor.Read(piece, scores);
        return scores;
    }

    [Fact]
    public void Every_cell_is_tested() => Assert.Equal(2 * CellTable.Cells.Made.Count(), Cells.Count);

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_prompt_read_at_once_is_a_prompt_read_token_by_token(string cell, LayerPath path)
    {
        using var model = ModelOf(cell, path);
        var text = Text(30);
        var atOnce = ScoresAfter(model, text);
        var oneByOne = ScoresAfter(model, text.Chunk(1));
        var inPieces = ScoresAfter(model, text[..7], text[7..8], text[8..]);
        for (var token = 0; token < Vocabulary; token++)
        {
            Assert.Equal(atOnce[token], oneByOne[token], 1e-5f);
            Assert.Equal(atOnce[token], inPieces[token], 1e-5f);
        }

        Assert.NotEqual(atOnce, ScoresAfter(model, text[^2..])); // or the state would carry nothing
    }

    [Fact]
    public void A_prompt_longer_than_a_window_is_read_to_its_end()
    {
        using var model = ModelOf("gru", LayerPath.Auto);
        var text = Text(1100);
        var atOnce = ScoresAfter(model, text);
        var inPieces = ScoresAfter(model, text[..1000], text[1000..]);
        for (var token = 0; token < Vocabulary; token++) Assert.Equal(atOnce[token], inPieces[token], 1e-5f);
    }

    [Fact]
    public void The_scores_are_those_of_the_model_without_dropout()
    {
        using var model = ModelOf("lstm", LayerPath.Auto);
        model.train();
        var text = Text(4);
        var scores = ScoresAfter(model, text);
        Assert.False(model.training);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var tokens = tensor(text.Select(token => (long)token).ToArray(), [4, 1]); // [time, batch = 1]
        var (logits, _) = model.Forward(tokens, model.NewState(1)); // [time · batch, vocabulary]
        Numbers.AreClose(logits[3], tensor(scores), 1e-6, "scores");
    }

    [Fact]
    public void The_same_seed_writes_the_same_text()
    {
        using var model = ModelOf("lstm", LayerPath.Auto);
        Assert.Equal(Write(seed: 1), Write(seed: 1));
        Assert.NotEqual(Write(seed: 1), Write(seed: 2));

        int[] Write(ulong seed)
        {
            using var predictor = new LanguageModelPredictor(model, CPU);
            return [.. new TextGenerator(predictor, new Sampler(new SamplingOptions(), new PortableRandom(seed))).Tokens([1, 2], 40)];
        }
    }

    [Fact]
    public void A_long_text_leaves_no_tensor_behind()
    {
        using var model = ModelOf("lstm", LayerPath.Auto);
        var before = LiveTensors;
        using (var predictor = new LanguageModelPredictor(model, CPU))
        {
            var sampler = new Sampler(new SamplingOptions(), new PortableRandom(1));
            using var tokens = new TextGenerator(predictor, sampler).Tokens([1], 200).GetEnumerator();
            tokens.MoveNext();
            var afterOne = LiveTensors;
            while (tokens.MoveNext()) Assert.Equal(afterOne, LiveTensors);
        }

        Assert.Equal(before, LiveTensors);
    }

    [Fact]
    public void Nothing_cannot_be_read()
    {
        using var model = ModelOf("gru", LayerPath.Auto);
        using var predictor = new LanguageModelPredictor(model, CPU);
        Assert.Throws<ArgumentException>(() => predictor.Read([], new float[Vocabulary]));
    }
}
