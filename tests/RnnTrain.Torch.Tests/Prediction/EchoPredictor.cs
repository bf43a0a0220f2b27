using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Prediction;

namespace RnnTrain.Tests.Prediction;

/// <summary>Answers each text with itself in capital letters, remembers what it was asked together, and refuses texts with a question mark.</summary>
internal sealed class EchoPredictor : IPredictor
{
    public List<string[]> Batches { get; } = [];

    public bool IsDisposed { get; private set; }

    public IReadOnlyList<Answer> Predict(IReadOnlyList<TextExample> inputs)
    {
        Batches.Add([.. inputs.Select(Text)]);
        if (inputs.FirstOrDefault(input => Text(input).Contains('?', StringComparison.Ordinal)) is { } wrong)
            throw new UserMistakeException($"{wrong.Place}: '?' is unknown");
        return [.. inputs.Select(input => new Answer(Text(input).ToUpperInvariant(), [new("text", Text(input).ToUpperInvariant())]))];
    }

    public void Dispose() => IsDisposed = true;

    private static string Text(TextExample input) => input.Words is { } words ? string.Join(' ', words) : input.Text;
}
