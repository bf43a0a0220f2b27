namespace RnnTrain.Prediction;

/// <summary>How answers are written.</summary>
public enum AnswerFormat
{
    /// <summary>A line an answer, scores after a tab.</summary>
    Text,

    /// <summary>A JSON object an answer, one a line.</summary>
    Jsonl,

    /// <summary>A row an answer, with a header.</summary>
    Csv,
}
