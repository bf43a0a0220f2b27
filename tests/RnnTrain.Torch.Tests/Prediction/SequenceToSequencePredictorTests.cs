using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;
using RnnTrain.Generation;
using RnnTrain.Generation.Decoding;
using RnnTrain.Prediction;
using RnnTrain.Tests.Generation.Decoding;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Prediction;

public sealed class SequenceToSequencePredictorTests
{
    private static readonly string[] Texts = ["one two", "", "two zebra one", "three", "   ", "gnu two gnu three"];
    private static readonly DecodingOptions Short = new() { MaximumLength = 8 };

    private static TextExample[] Inputs => [.. Texts.Select((text, place) => new TextExample { Text = text, Place = new TextPlace("input", place + 1) })];

    [Fact]
    public void Answers_come_in_order_and_are_what_each_text_gets_alone()
    {
        var together = Predict(Short, new PredictionOptions { Scores = true });
        for (var place = 0; place < Texts.Length; place++)
        {
            using var predictor = Predictor(Short, new PredictionOptions { Scores = true });
            var alone = predictor.Predict([Inputs[place]]).Single();
            Assert.Equal(alone.Text, together[place].Text);
            Assert.Equal(alone.Fields, together[place].Fields);
            Assert.Equal(alone.Scores, together[place].Scores);
        }

        Assert.Equal([1, 4], Enumerable.Range(0, Texts.Length).Where(place => together[place] == Answer.Nothing));
        Assert.True(together.Select(answer => answer.Text).Distinct().Count() > 3);
    }

    [Fact]
    public void An_unknown_word_is_the_one_that_was_looked_at_most()
    {
        var copied = 0;
        var kept = Predict(Short with { UnknownWords = UnknownWords.Keep }, new PredictionOptions { Attention = true });
        var copies = Predict(Short, new PredictionOptions { Attention = true }); // the default with attention
        for (var place = 0; place < Texts.Length; place++)
        {
            if (kept[place].Attention is not { } attention) continue;
            var read = Texts[place].Split(' ');
            Assert.Equal(read, attention.Read);
            Assert.Equal(kept[place].Text, string.Join(' ', attention.Written));
            var expected = attention.Written.Select((word, row) => word != "<unk>" ? word : read[Most(attention.Weights, row)]);
            Assert.Equal(string.Join(' ', expected), copies[place].Text);
            copied += attention.Written.Count(word => word == "<unk>");
        }

        Assert.True(copied > 2, "the test has seen no unknown word");
    }

    [Fact]
    public void What_was_looked_at_sums_to_one_for_each_word()
    {
        foreach (var attention in Predict(Short, new PredictionOptions { Attention = true }).Select(answer => answer.Attention).OfType<Alignment>())
        {
            for (var row = 0; row < attention.Written.Count; row++)
                Assert.Equal(1, Enumerable.Range(0, attention.Read.Count).Sum(column => attention.Weights[row, column]), 1e-5);
        }

        Assert.All(Predict(Short, new PredictionOptions()), answer => Assert.Null(answer.Attention));
    }

    [Fact]
    public void Unknown_words_can_be_avoided()
    {
        var answers = Predict(Short with { UnknownWords = UnknownWords.Avoid }, new PredictionOptions { Texts = 5 });
        Assert.All(answers.Where(answer => answer != Answer.Nothing), answer => Assert.All(
            (string[])answer.Fields.Single(field => field.Key == "texts").Value, text => Assert.DoesNotContain("<unk>", text, StringComparison.Ordinal)));
    }

    [Fact]
    public void Several_texts_come_with_their_scores_the_best_first()
    {
        var answer = Predict(Short, new PredictionOptions { Texts = 3, Scores = true })[0];
        var texts = (string[])answer.Fields.Single(field => field.Key == "texts").Value;
        var scores = (double[])answer.Scores.Single(field => field.Key == "scores").Value;
        Assert.Equal(3, texts.Length);
        Assert.Equal(answer.Text, texts[0]);
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.Equal(scores[0], answer.Scores.Single(field => field.Key == "score").Value);
    }

    [Fact]
    public void Drawn_texts_hang_on_seed_and_line_alone()
    {
        var options = new PredictionOptions { Sampling = new SamplingOptions(), Seed = 4 };
        var together = Predict(Short, options);
        using var predictor = Predictor(Short, options);
        Assert.Equal(together[2].Text, predictor.Predict([Inputs[2]]).Single().Text);
        Assert.NotEqual(together.Select(answer => answer.Text), Predict(Short, options with { Seed = 5 }).Select(answer => answer.Text));
    }

    [Fact]
    public void Without_attention_nothing_is_copied_or_told()
    {
        Assert.All(Predict(Short, new PredictionOptions(), hasAttention: false), answer => Assert.DoesNotContain("<unk>", answer.Text, StringComparison.Ordinal));
        Assert.Throws<UserMistakeException>(() => Predictor(Short with { UnknownWords = UnknownWords.Copy }, new PredictionOptions(), hasAttention: false));
        Assert.Throws<UserMistakeException>(() => Predictor(Short, new PredictionOptions { Attention = true }, hasAttention: false));
    }

    [Fact]
    public void A_model_trained_the_other_way_adds_what_it_makes_of_each_text()
    {
        var options = new RerankingOptions { Run = "reverse", Weight = 0.7, LengthReward = 0.1 };
        var reverse = new RandomTextDecoder(vocabulary: 4) { Temperature = 0.5 };
        using var reranker = new ReverseReranker(options, reverse, Encoder().Written!, Encoder().Read, CPU);
        (Hypothesis Hypothesis, string Text)[] found = [(new([0, 1], -2, -1), "a b"), (new([2], -3, -3), "c"), (new([], -9, -9), "")];
        var scores = reranker.Scores("two three", found);
        Assert.Equal(-2 + 0.7 * BeamSearchTests.LogProbability(reverse, [0, 1], [1, 2]) + 0.2, scores[0], 1e-5);
        Assert.Equal(-3 + 0.7 * BeamSearchTests.LogProbability(reverse, [2], [1, 2]) + 0.1, scores[1], 1e-5);
        Assert.Equal(double.NegativeInfinity, scores[2]);
    }

    [Fact]
    public void A_language_model_takes_off_what_would_be_said_anyway()
    {
        var options = new RerankingOptions { Run = "language", Weight = 0.5, FirstTokens = 2 };
        using var reranker = new LanguageModelReranker(options, () => new Counting(), start: 0, Encoder().Written!, model: null);
        (Hypothesis Hypothesis, string Text)[] found = [(new([0, 1, 2], -4, -1), "a b c"), (new([2], -4, -1), "c")];
        var scores = reranker.Scores("", found);
        // the scores of token t after token s are s · t, so they tell whether the model has read what stands before
        Assert.Equal(-4 - 0.5 * (Ln(0, 0) + Ln(0, 1)), scores[0], 1e-5);
        Assert.Equal(-4 - 0.5 * Ln(0, 2), scores[1], 1e-5);

        static double Ln(int before, int next) => before * next - Math.Log(Enumerable.Range(0, 4).Sum(token => Math.Exp(before * token)));
    }

    [Fact]
    public void What_a_reranker_likes_best_comes_first()
    {
        var plain = Predict(Short, new PredictionOptions { Texts = 5 });
        using var predictor = Predictor(Short, new PredictionOptions { Texts = 2, Scores = true }, reranker: new Contrary());
        var turned = predictor.Predict(Inputs);
        for (var place = 0; place < Texts.Length; place++)
        {
            if (plain[place] == Answer.Nothing) continue;
            var texts = (string[])plain[place].Fields.Single(field => field.Key == "texts").Value;
            Assert.Equal(texts.Reverse().Take(2), (string[])turned[place].Fields.Single(field => field.Key == "texts").Value);
            Assert.Equal(4.0, turned[place].Scores.Single(score => score.Key == "score").Value);
        }
    }

    private static int Most(float[,] weights, int row) => Enumerable.Range(0, weights.GetLength(1)).MaxBy(column => weights[row, column]);

    private static TextExampleEncoder Encoder() => new(
        new DataOptions { Format = new TextPairsOptions(), Tokens = new WordOptions(), Batching = new ExampleOptions { BatchSize = 1 } },
        new Lexicon
        {
            Tokens = new Vocabulary(["one", "two", "three", "<unk>"], [4, 3, 2, 1], "<unk>"),
            Written = new Vocabulary(["a", "b", "c", "<unk>"], [4, 3, 2, 1], "<unk>"),
        });

    private static SequenceToSequencePredictor Predictor(DecodingOptions options, PredictionOptions wanted, bool hasAttention = true, IReranker? reranker = null) =>
        new(new RandomTextDecoder(vocabulary: 4, hasAttention), Encoder(), options, wanted, CPU, reranker);

    private static IReadOnlyList<Answer> Predict(DecodingOptions options, PredictionOptions wanted, bool hasAttention = true)
    {
        using var predictor = Predictor(options, wanted, hasAttention);
        return predictor.Predict(Inputs);
    }

    /// <summary>The later a text was found, the better.</summary>
    private sealed class Contrary : IReranker
    {
        public IReadOnlyList<double> Scores(string read, IReadOnlyList<(Hypothesis Hypothesis, string Text)> found) => [.. Enumerable.Range(0, found.Count).Select(place => (double)place)];

        public void Dispose()
        {
        }
    }

    /// <summary>A language model of four tokens that scores token t after token s by s · t.</summary>
    private sealed class Counting : ITokenPredictor
    {
        public int Vocabulary => 4;

        public void Read(ReadOnlySpan<int> tokens, Span<float> scores)
        {
            for (var token = 0; token < 4; token++) scores[token] = tokens[^1] * token;
        }
    }
}
