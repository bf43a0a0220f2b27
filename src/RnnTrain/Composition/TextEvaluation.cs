using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Examples;
using RnnTrain.Metrics;
using RnnTrain.Metrics.Text;
using RnnTrain.Prediction;
using RnnTrain.Runs;

namespace RnnTrain.Composition;

/// <summary>What a model writes for a split, held against what people wrote: the texts of the files, not their tokens.</summary>
public static class TextEvaluation
{
    private const int Chunk = 1024; // texts; many enough to go together by length

    /// <summary>True where a configuration's data asks for texts.</summary>
    public static bool IsOf(ExperimentConfig config) => config.Data.Format is { Targets: TargetKind.Sequence, ReadsText: true };

    /// <summary>The scores of a split and those of the texts that are written for it; null where the token was cancelled.</summary>
    /// <param name="scores">What it was measured by already.</param>
    /// <param name="predictor">Writes.</param>
    /// <param name="data">Read from files.</param>
    /// <param name="split">A split there is.</param>
    /// <param name="output">A file for what is written, one a line; null for none.</param>
    /// <param name="cancel">Looked at between chunks.</param>
    /// <exception cref="UserMistakeException">The file cannot be written.</exception>
    public static SplitScores? Run(SplitScores scores, IPredictor predictor, ExampleData data, Split split, string? output, CancellationToken cancel)
    {
        var metrics = new TextMetrics();
        using var lines = new StringWriter { NewLine = "\n" };
        foreach (var chunk in data.Texts!(split).Chunk(Chunk))
        {
            if (cancel.IsCancellationRequested) return null;
            var answers = predictor.Predict(chunk);
            foreach (var (example, answer) in chunk.Zip(answers))
            {
                metrics.Add(answer.Text, example.Target!);
                if (output is not null) lines.WriteLine(answer.Text.ReplaceLineEndings(" "));
            }
        }

        if (output is not null) Write(output, lines.ToString());
        return scores with
        {
            Values = [.. scores.Values, .. metrics.Values()],
            Signatures = metrics.All.ToDictionary(metric => metric.Name, metric => metric.Signature),
        };
    }

    private static void Write(string path, string lines)
    {
        try
        {
            AtomicFile.Write(path, lines);
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw StorageFailure.Explain(error, path, "give another --output");
        }
    }
}
