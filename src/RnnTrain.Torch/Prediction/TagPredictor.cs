using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;
using RnnTrain.Data.Tagging;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Prediction;

/// <summary>
/// Tells the label of each word of a text: the most likely sequence of labels where the model has a conditional random field, else the likeliest label of each.
/// Where scores are wanted, how likely each label is by itself. Labels of spans are written in the scheme of the data's files.
/// </summary>
internal sealed class TagPredictor(PredictorArguments arguments) : IPredictor
{
    private readonly InputNetwork network = new(arguments);
    private readonly IReadOnlyList<string> labels = arguments.Lexicon.Labels!.Symbols;
    private readonly TagScheme learned = arguments.Config.Data.Format.Tagging;
    private readonly TagScheme inFiles = (arguments.Config.Data.Format as ConllOptions)?.Scheme.From ?? TagScheme.None;

    public IReadOnlyList<Answer> Predict(IReadOnlyList<TextExample> inputs) => network.Answers(inputs, Tell);

    public void Dispose() => network.Dispose();

    private IReadOnlyList<Answer> Tell(IReadOnlyList<TextExample> inputs, Tensor hidden, Lengths lengths)
    {
        var told = network.Model.Labels(hidden, lengths); // [time · batch]
        var probabilities = arguments.Options.Scores ? network.Model.LabelProbabilities(hidden, lengths).to(ScalarType.Float32).cpu().data<float>().ToArray() : []; // [time · batch, classes]
        return [.. inputs.Select((input, column) =>
        {
            int[] rows = [.. Enumerable.Range(0, (int)lengths.Values[column]).Select(time => time * inputs.Count + column)];
            double[] scores = probabilities.Length == 0 ? [] : [.. rows.Select(row => (double)probabilities[row * labels.Count + told[row]])];
            return Answer(input, [.. rows.Select(row => labels[(int)told[row]])], scores);
        })];
    }

    private Answer Answer(TextExample input, string[] tags, double[] scores)
    {
        string[] written = inFiles == TagScheme.None || learned.Violation(tags) is not null ? tags : [.. learned.Convert(tags, inFiles)];
        List<KeyValuePair<string, object>> fields = [new("tags", written)];
        if (input.Words is { } words) fields.Insert(0, new("words", words.ToArray()));
        return new Answer(string.Join(' ', written), fields) { Scores = arguments.Options.Scores ? [new("probabilities", scores)] : [] };
    }
}
