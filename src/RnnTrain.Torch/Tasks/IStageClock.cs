namespace RnnTrain.Tasks;

/// <summary>Takes note of when the stages of a training step end. Steps run without one unless somebody measures them.</summary>
public interface IStageClock
{
    /// <summary>A stage ends here: the time since the last mark was its own.</summary>
    void Mark(Stage ended);
}
