namespace RnnTrain.Prediction;

/// <summary>Writes answers one a line, in their order; an answer of nothing keeps its line.</summary>
public interface IAnswerWriter
{
    void Write(Answer answer);

    /// <summary>Writes what is still held back, when all answers have come.</summary>
    void Finish();
}
