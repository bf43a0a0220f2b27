using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Numerics;
using RnnTrain.Prediction;

namespace RnnTrain.Tests.Prediction;

public sealed class BatchedPredictorTests
{
    [Fact]
    public void Texts_of_like_length_go_together_and_answers_come_in_the_order_of_the_texts()
    {
        var random = new PortableRandom(3);
        string[] texts = [.. Enumerable.Range(0, 500).Select(i => $"{i}{new string('x', (int)(random.NextDouble() * 400))}")];
        using var within = new EchoPredictor();
        using var predictor = new BatchedPredictor(within, mostTexts: 64);
        var answers = predictor.Predict([.. texts.Select(text => new TextExample { Text = text })]);
        Assert.Equal(texts.Select(text => text.ToUpperInvariant()), answers.Select(answer => answer.Text));
        Assert.All(within.Batches, batch => Assert.InRange(batch.Length, 1, 64));
        Assert.All(within.Batches, batch => Assert.InRange(batch.Length * batch.Max(text => text.Length), 1, 1 << 15));
        Assert.True(within.Batches.Sum(batch => batch.Length * batch.Max(text => text.Length)) < 1.2 * texts.Sum(text => text.Length)); // little padding
    }

    [Fact]
    public void A_long_text_goes_alone_and_a_blank_one_not_at_all()
    {
        using var within = new EchoPredictor();
        using var predictor = new BatchedPredictor(within, mostTexts: 64);
        var answers = predictor.Predict([new() { Text = " " }, new() { Text = new string('a', 40_000) }, new() { Words = [] }, new() { Words = ["b"] }, new() { Text = "c" }]);
        Assert.Equal([0, 40_000, 0, 1, 1], answers.Select(answer => answer.Text.Length));
        Assert.Equal([2, 1], within.Batches.Select(batch => batch.Length));
        Assert.Same(Answer.Nothing, answers[0]);
        predictor.Dispose();
        Assert.True(within.IsDisposed);
    }

    [Fact]
    public void Answers_up_to_the_first_text_that_cannot_be_answered_come_before_it_is_told()
    {
        TextExample[] texts = [.. Enumerable.Range(0, 20).Select(i => new TextExample { Text = i is 7 or 12 ? "?" : $"{new string('x', 20 - i)}", Place = new TextPlace("in", i + 1) })];
        using var predictor = new BatchedPredictor(new EchoPredictor(), mostTexts: 4);
        var taken = 0;
        var mistake = Assert.Throws<UserMistakeException>(() =>
        {
            foreach (var answers in AnswerStream.Of(predictor, [texts[..3], texts[3..]])) taken += answers.Count;
        });
        Assert.Equal(("in:8: '?' is unknown", 7), (mistake.Message, taken));
    }
}
