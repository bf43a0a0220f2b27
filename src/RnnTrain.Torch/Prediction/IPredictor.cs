using RnnTrain.Data.Examples;

namespace RnnTrain.Prediction;

/// <summary>A trained model that answers texts it has not seen. It owns the model.</summary>
public interface IPredictor : IDisposable
{
    /// <summary>The answers to some texts, in their order: each is what it would be alone, whatever stands beside it.</summary>
    /// <param name="inputs">Texts, or words where the model was trained on words.</param>
    /// <exception cref="Configuration.UserMistakeException">A text cannot be read; names its place.</exception>
    IReadOnlyList<Answer> Predict(IReadOnlyList<TextExample> inputs);
}

/// <summary>What a model makes of one text.</summary>
/// <param name="Text">For people: one line.</param>
/// <param name="Fields">
/// For machines, in their order: `label`, `tags`, `text` …; each a string, a number, a list of either, or a dictionary of numbers by name.
/// </param>
public sealed record Answer(string Text, IReadOnlyList<KeyValuePair<string, object>> Fields)
{
    /// <summary>The answer to a text in which there is nothing to read.</summary>
    public static Answer Nothing { get; } = new("", []);

    /// <summary>Probabilities or scores, where they were asked for.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Scores { get; init; } = [];

    /// <summary>What the model looked at, where it has attention and was asked.</summary>
    public Alignment? Attention { get; init; }
}

/// <summary>How much each token written looked at each token read.</summary>
/// <param name="Read">The tokens read.</param>
/// <param name="Written">The tokens written.</param>
/// <param name="Weights">A row a token written, a column a token read; each row sums to 1.</param>
public sealed record Alignment(IReadOnlyList<string> Read, IReadOnlyList<string> Written, float[,] Weights);
