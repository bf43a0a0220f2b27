using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;
using RnnTrain.Generation;
using RnnTrain.Prediction;
using RnnTrain.Tasks;

namespace RnnTrain.Composition;

/// <summary>A trained run that writes replies: to the last turn, or to a window of turns where it was trained on dialogues.</summary>
public sealed class RunReplier : IReplier
{
    private readonly TrainedRun run;
    private readonly PredictionOptions options;
    private readonly DialoguesOptions? dialogues;
    private double? temperature;
    private IPredictor predictor;

    /// <param name="run">Outlives it.</param>
    /// <param name="options">How it replies until told otherwise.</param>
    /// <exception cref="UserMistakeException">The run writes no text.</exception>
    public RunReplier(TrainedRun run, PredictionOptions options)
    {
        var config = run.Loaded.Config;
        if (config.Data.Format.Targets != TargetKind.Sequence)
        {
            throw new UserMistakeException(
                $"{run.Folder.Path}: its task is {TaskTable.Tasks.NameOf(config.Task)}, which writes no replies; name a run of sequence_to_sequence, or use `rnn predict`");
        }

        (this.run, this.options, dialogues) = (run, options, config.Data.Format as DialoguesOptions);
        predictor = run.Predictor(options);
    }

    public int History => dialogues?.History ?? 1;

    public string Reply(IReadOnlyList<string> turns, int turn, double? wanted)
    {
        if (wanted is not null && wanted != temperature)
        {
            temperature = wanted;
            predictor.Dispose();
            predictor = run.Predictor(options with { Sampling = (options.Sampling ?? new SamplingOptions()) with { Temperature = wanted.Value } });
        }

        var text = dialogues?.Context(turns) ?? turns[^1];
        return predictor.Predict([new TextExample { Text = text, Place = new TextPlace("conversation", turn + 1) }])[0].Text;
    }

    public void Dispose() => predictor.Dispose();
}
