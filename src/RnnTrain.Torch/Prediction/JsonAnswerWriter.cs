using System.Text.Encodings.Web;
using System.Text.Json;

namespace RnnTrain.Prediction;

/// <summary>Answers for programs: an object each, its fields and then its scores.</summary>
public sealed class JsonAnswerWriter(TextWriter output) : IAnswerWriter
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // é stays é

    public void Write(Answer answer)
    {
        var fields = new Dictionary<string, object?>();
        foreach (var (name, value) in answer.Fields.Concat(answer.Scores)) fields[name] = Plain(value);
        output.Write(JsonSerializer.Serialize(fields, Options));
        output.Write('\n');
    }

    public void Finish()
    {
    }

    // JSON knows neither pairs nor infinity, and more digits than a model computes mean nothing.
    private static object? Plain(object? value) => value switch
    {
        float number => Rounded(number),
        double number => Rounded(number),
        IEnumerable<KeyValuePair<string, double>> numbers => numbers.ToDictionary(pair => pair.Key, pair => Rounded(pair.Value)),
        IEnumerable<double> numbers => numbers.Select(Rounded).ToArray(),
        _ => value,
    };

    private static double? Rounded(double number) =>
        double.IsFinite(number) ? double.Parse(FieldText.Of(number), System.Globalization.CultureInfo.InvariantCulture) : null;
}
