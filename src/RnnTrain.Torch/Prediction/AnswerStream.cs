using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Prediction;

/// <summary>Answers to texts that come in chunks, each chunk's as soon as they are known.</summary>
public static class AnswerStream
{
    /// <summary>
    /// The answers in the order of the texts. Where a text cannot be answered, those of all texts before it come first, however the predictor
    /// had arranged them.
    /// </summary>
    /// <param name="predictor">Asked a chunk at a time.</param>
    /// <param name="chunks">The texts.</param>
    /// <exception cref="UserMistakeException">A text cannot be read; names its place.</exception>
    public static IEnumerable<IReadOnlyList<Answer>> Of(IPredictor predictor, IEnumerable<IReadOnlyList<TextExample>> chunks)
    {
        foreach (var chunk in chunks)
        {
            var (answers, mistake) = Answer(predictor, chunk);
            if (answers.Count > 0) yield return answers;
            if (mistake is not null) throw mistake;
        }
    }

    /// <summary>The answers up to the first text that cannot be answered, which is found by halving.</summary>
    private static (IReadOnlyList<Answer> Answers, UserMistakeException? Mistake) Answer(IPredictor predictor, IReadOnlyList<TextExample> chunk)
    {
        try
        {
            return (predictor.Predict(chunk), null);
        }
        catch (UserMistakeException mistake) when (chunk.Count == 1)
        {
            return ([], mistake);
        }
        catch (UserMistakeException)
        {
            var half = chunk.Count / 2;
            var (first, wrong) = Answer(predictor, [.. chunk.Take(half)]);
            if (wrong is not null) return (first, wrong);
            var (second, late) = Answer(predictor, [.. chunk.Skip(half)]);
            return ([.. first, .. second], late);
        }
    }
}
