using System.Globalization;
using RnnTrain.Configuration;
using RnnTrain.Prediction;
using RnnTrain.Reports;
using RnnTrain.Runs;

namespace RnnTrain.Composition;

/// <summary>A folder of drawings of what a model looked at, `000001.svg` for the first answer, `000002.svg` for the second.</summary>
public sealed class AttentionFolder
{
    private const int LongestTitle = 90;

    private readonly string path;

    /// <exception cref="UserMistakeException">It cannot be made.</exception>
    public AttentionFolder(string path)
    {
        this.path = path;
        Do(() => Directory.CreateDirectory(path));
    }

    /// <summary>Draws one answer, where there is something to draw.</summary>
    /// <param name="number">Which answer it is, from 1.</param>
    /// <param name="answer">The answer.</param>
    /// <exception cref="UserMistakeException">The disk does not take it.</exception>
    public void Draw(long number, Answer answer)
    {
        if (answer.Attention is not { } attention || attention.Written.Count == 0) return;
        var map = new HeatMap
        {
            Title = answer.Text.Length <= LongestTitle ? answer.Text : answer.Text[..LongestTitle] + "…",
            Description = "How much each token written (a row) looked at each token read (a column).",
            Rows = attention.Written,
            Columns = attention.Read,
            Shares = attention.Weights,
        };
        Do(() => AtomicFile.Write(Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{number:D6}.svg")), map.ToSvg()));
    }

    private void Do(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (StorageFailure.Is(error))
        {
            throw StorageFailure.Explain(error, path, "give another --attention");
        }
    }
}
