namespace RnnTrain.Prediction;

/// <summary>The writers of answers by their formats.</summary>
public static class AnswerWriters
{
    public static IAnswerWriter Create(AnswerFormat format, TextWriter output) => format switch
    {
        AnswerFormat.Jsonl => new JsonAnswerWriter(output),
        AnswerFormat.Csv => new CsvAnswerWriter(output),
        _ => new TextAnswerWriter(output),
    };
}
