using RnnTrain.Data.Examples;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Prediction;

/// <summary>Tells the label of each word of a text, the likeliest one, with its probability where scores are wanted.</summary>
internal sealed class TagPredictor(PredictorArguments arguments) : IPredictor
{
    private readonly InputNetwork network = new(arguments);
    private readonly IReadOnlyList<string> labels = arguments.Lexicon.Labels!.Symbols;

    public IReadOnlyList<Answer> Predict(IReadOnlyList<TextExample> inputs) => network.Answers(inputs, Tell);

    public void Dispose() => network.Dispose();

    private IReadOnlyList<Answer> Tell(IReadOnlyList<TextExample> inputs, Tensor hidden, Lengths lengths)
    {
        var (best, tags) = network.Model.Tell(hidden).softmax(1).max(1); // [time · batch, classes] → [time · batch], [time · batch]
        var probabilities = best.cpu().data<float>().ToArray(); // [time · batch]
        var classes = tags.cpu().data<long>().ToArray(); // [time · batch]
        return [.. inputs.Select((input, column) =>
        {
            int[] rows = [.. Enumerable.Range(0, (int)lengths.Values[column]).Select(time => time * inputs.Count + column)];
            return Answer(input, [.. rows.Select(row => labels[(int)classes[row]])], [.. rows.Select(row => (double)probabilities[row])]);
        })];
    }

    private Answer Answer(TextExample input, string[] tags, double[] probabilities)
    {
        List<KeyValuePair<string, object>> fields = [new("tags", tags)];
        if (input.Words is { } words) fields.Insert(0, new("words", words.ToArray()));
        return new Answer(string.Join(' ', tags), fields) { Scores = arguments.Options.Scores ? [new("probabilities", probabilities)] : [] };
    }
}
