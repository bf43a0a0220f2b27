using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Tasks;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Prediction;

/// <summary>
/// Tells the class of each text, the likeliest one; or where examples have sets of classes, those that reach the threshold of the task. The probability of each where
/// scores are wanted.
/// </summary>
internal sealed class ClassPredictor(PredictorArguments arguments) : IPredictor
{
    private readonly InputNetwork network = new(arguments);
    private readonly IReadOnlyList<string> labels = arguments.Lexicon.Labels!.Symbols;
    private readonly bool tellsSets = arguments.Config.Data.Format.Targets == TargetKind.ClassSetAtEnd;
    private readonly float threshold = (float)((SequenceClassificationOptions)arguments.Config.Task).TellFrom;

    public IReadOnlyList<Answer> Predict(IReadOnlyList<TextExample> inputs) => network.Answers(inputs, Tell);

    public void Dispose() => network.Dispose();

    private IReadOnlyList<Answer> Tell(IReadOnlyList<TextExample> inputs, Tensor hidden, Lengths lengths)
    {
        var told = network.Model.Tell(hidden); // [batch, classes]
        var probabilities = (tellsSets ? told.sigmoid() : told.softmax(1)).cpu().data<float>().ToArray(); // [batch, classes]
        return [.. probabilities.Chunk(labels.Count).Select(Answer)];
    }

    private Answer Answer(float[] probabilities)
    {
        var byName = labels.Zip(probabilities, (name, probability) => new KeyValuePair<string, double>(name, probability)).OrderByDescending(pair => pair.Value).ToList();
        return Chosen(byName) with { Scores = arguments.Options.Scores ? [new("probabilities", byName)] : [] };
    }

    private Answer Chosen(List<KeyValuePair<string, double>> byName)
    {
        if (!tellsSets) return new Answer(byName[0].Key, [new("label", byName[0].Key)]);
        string[] set = [.. byName.Where(pair => pair.Value >= threshold).Select(pair => pair.Key)];
        return new Answer(string.Join(", ", set), [new("labels", set)]);
    }
}
