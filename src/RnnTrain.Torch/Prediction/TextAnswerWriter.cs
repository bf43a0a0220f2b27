namespace RnnTrain.Prediction;

/// <summary>Answers for people and for other programs' pipes: the text, and after a tab each of its scores.</summary>
public sealed class TextAnswerWriter(TextWriter output) : IAnswerWriter
{
    public void Write(Answer answer)
    {
        output.Write(OneLine(answer.Text));
        foreach (var (_, value) in answer.Scores)
        {
            output.Write('\t');
            output.Write(OneLine(FieldText.Of(value)));
        }

        output.Write('\n');
    }

    public void Finish()
    {
    }

    // A model of bytes or characters may write line ends; an answer is one line all the same.
    private static string OneLine(string text) => text.AsSpan().IndexOfAny('\r', '\n', '\t') < 0 ? text : text.ReplaceLineEndings(" ").Replace('\t', ' ');
}
