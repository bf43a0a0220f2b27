using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Inputs;
using RnnTrain.Prediction;

namespace RnnTrain.Composition;

/// <summary>Texts that come in and answers that go out, in one order and a chunk at a time, so that memory does not grow with them.</summary>
/// <param name="predictor">Answers.</param>
/// <param name="format">How answers are written.</param>
/// <param name="attention">Where what the model looked at is drawn; null where nobody asked.</param>
public sealed class PredictionRun(IPredictor predictor, AnswerFormat format, AttentionFolder? attention = null)
{
    /// <summary>How many answers were written, whatever happened then.</summary>
    public long Written { get; private set; }

    /// <summary>Answers all texts. What is known is written and flushed before anything goes wrong or is waited for.</summary>
    /// <param name="texts">Read as they are needed.</param>
    /// <param name="patience">How long an answer may wait for other texts to come; see <see cref="InputChunks"/>.</param>
    /// <param name="output">Where answers go.</param>
    /// <param name="flush">Called after each chunk.</param>
    /// <param name="cancel">Ends it after a chunk.</param>
    /// <exception cref="UserMistakeException">A text cannot be read; names its place. All answers before it are written.</exception>
    public void Write(IEnumerable<TextExample> texts, TimeSpan? patience, TextWriter output, Action flush, CancellationToken cancel)
    {
        using var held = new StringWriter();
        var writer = AnswerWriters.Create(format, held);
        try
        {
            foreach (var answers in AnswerStream.Of(predictor, InputChunks.Of(texts, patience, cancel)))
            {
                foreach (var answer in answers)
                {
                    writer.Write(answer);
                    Written++;
                    attention?.Draw(Written, answer);
                }

                HandOn(held, output, flush);
            }
        }
        finally
        {
            writer.Finish();
            HandOn(held, output, flush);
        }
    }

    private static void HandOn(StringWriter held, TextWriter output, Action flush)
    {
        output.Write(held.GetStringBuilder());
        held.GetStringBuilder().Clear();
        flush();
    }
}
