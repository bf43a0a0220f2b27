using RnnTrain.Configuration;
using RnnTrain.Tasks;

namespace RnnTrain.Prediction;

/// <summary>What answers texts for a trained model of each task.</summary>
public static class PredictorTable
{
    // Each text is several rows while the best one is searched for.
    private const int MostTextsWritten = 64;

    /// <exception cref="UserMistakeException">The task answers no texts; says what does.</exception>
    public static IPredictor Create(PredictorArguments arguments) => new BatchedPredictor(arguments.Config.Task switch
    {
        SequenceToSequenceOptions => SequenceToSequencePredictor.Of(arguments),
        SequenceClassificationOptions => new ClassPredictor(arguments),
        SequenceLabelingOptions => new TagPredictor(arguments),
        var other => throw new UserMistakeException($"task {TaskTable.Tasks.NameOf(other)} has no answers to texts; `rnn generate` writes with a language model"),
    }, arguments.Config.Task is SequenceToSequenceOptions ? Math.Min(MostTextsWritten, arguments.Options.MostTexts) : arguments.Options.MostTexts);
}
