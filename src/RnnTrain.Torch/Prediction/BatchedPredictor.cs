using RnnTrain.Data.Examples;

namespace RnnTrain.Prediction;

/// <summary>
/// A predictor that is asked for many texts at once: texts of like length go together through the one within, so that little is computed for padding, and
/// no batch is larger than what fits. A blank text is not computed and has <see cref="Answer.Nothing"/>.
/// </summary>
/// <param name="within">Asked a batch at a time; owned.</param>
/// <param name="mostTexts">Texts of a batch.</param>
public sealed class BatchedPredictor(IPredictor within, int mostTexts) : IPredictor
{
    // Letters of a batch, its padding among them; a text that is longer goes alone.
    private const int MostLetters = 1 << 15;

    public IReadOnlyList<Answer> Predict(IReadOnlyList<TextExample> inputs)
    {
        var answers = new Answer[inputs.Count];
        Array.Fill(answers, Answer.Nothing);
        var lengths = inputs.Select(Length).ToArray();
        int[] order = [.. Enumerable.Range(0, inputs.Count).Where(place => lengths[place] > 0).OrderBy(place => lengths[place])]; // a stable order
        for (var first = 0; first < order.Length;)
        {
            var end = first + 1;
            while (end < order.Length && end - first < mostTexts && (long)lengths[order[end]] * (end + 1 - first) <= MostLetters) end++;
            var places = order[first..end];
            var batch = within.Predict([.. places.Select(place => inputs[place])]);
            for (var i = 0; i < places.Length; i++) answers[places[i]] = batch[i];
            first = end;
        }

        return answers;
    }

    public void Dispose() => within.Dispose();

    /// <summary>Letters, about: what a text costs, whatever it will be cut into. 0 for a blank one.</summary>
    private static int Length(TextExample input) =>
        input.Words is { } words ? words.Sum(word => word.Length + 1) : string.IsNullOrWhiteSpace(input.Text) ? 0 : input.Text.Length;
}
