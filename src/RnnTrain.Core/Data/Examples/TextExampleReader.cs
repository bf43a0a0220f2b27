using System.Globalization;
using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Formats;
using RnnTrain.Data.Storage;

namespace RnnTrain.Data.Examples;

/// <summary>Reads examples that are text: one pass over the training files makes the lexicon, one over all files the numbers. Neither need fit in memory.</summary>
public sealed class TextExampleReader(DataOptions data, ITextExampleFormat format)
{
    private readonly Dictionary<Split, Func<IEnumerable<TextExample>>> texts = [];
    private readonly StorageRoom room = StorageRoom.Of(data.Storage);

    /// <param name="data">The block of a configuration that the loader has accepted.</param>
    /// <param name="format">Its format.</param>
    /// <param name="trained">The lexicon of a trained model; null to make one from the training examples.</param>
    /// <exception cref="UserMistakeException">The data is not what the configuration says, or nothing can be learned from it.</exception>
    public static ExampleData Read(DataOptions data, ITextExampleFormat format, Lexicon? trained) => new TextExampleReader(data, format).Read(trained);

    private ExampleData Read(Lexicon? trained)
    {
        List<DataFile> files = [];
        var mistakes = new List<string>();
        foreach (var (split, entries) in new[] { (Split.Train, data.Train), (Split.Validation, data.Validation), (Split.Test, data.Test) })
        {
            if (entries.Count == 0) continue;
            try
            {
                files.AddRange(format.Files(entries, split));
            }
            catch (UserMistakeException mistake)
            {
                mistakes.AddRange(mistake.Lines);
            }

            if (split != Split.Train) texts.Add(split, () => Beginning(split, format.Read(entries, split)));
        }

        if (mistakes.Count > 0) throw new UserMistakeException(mistakes);
        CutTraining();
        var lexicon = trained ?? LexiconLearning.Of(data, data.Format.Targets!.Value, texts[Split.Train]());
        var encoder = new TextExampleEncoder(data, lexicon);
        var remarks = new List<string>();
        var splits = texts.Keys.Order().ToDictionary(split => split, split => Encode(split, encoder, remarks));
        return new ExampleData(encoder.Shape, splits, files, [.. remarks, .. format.Remarks])
        {
            Lexicon = lexicon,
            Texts = split => texts[split](),
        };
    }

    /// <summary>Takes what is held out from the end of the training data; counts it first where something is.</summary>
    private void CutTraining()
    {
        IEnumerable<TextExample> All() => format.Read(data.Train, Split.Train);
        if (data.Split == new SplitOptions())
        {
            texts.Add(Split.Train, () => Beginning(Split.Train, All()));
            return;
        }

        var whole = All().Count();
        foreach (var (split, first, count) in HeldOut.Cut(whole, data.Split))
        {
            if (count == 0) throw new UserMistakeException($"data.split: the {whole} examples of data.train leave none for {split.Name()}");
            texts.Add(split, () => Beginning(split, All().Skip((int)first).Take((int)count)));
        }
    }

    private IEnumerable<TextExample> Beginning(Split split, IEnumerable<TextExample> all)
    {
        var most = (int)data.Limit.Most(split, int.MaxValue);
        return most == int.MaxValue ? all : all.Take(most);
    }

    private IExampleSource Encode(Split split, TextExampleEncoder encoder, List<string> remarks)
    {
        var unknown = encoder.Read.Unknown;
        var examples = new ExampleStore(room, encoder.Read.Unit);
        var leftOut = new NumberStore(room);
        foreach (var example in texts[split]().Select(encoder.Encode))
        {
            if (split != Split.Train || data.MaximumLength?.Allows(example.Length, example.Target.Length) != false) examples.Add(example);
            else leftOut.Add((int)(examples.Count + leftOut.Count));
        }

        if (leftOut.Count > 0) LeaveOut(split, leftOut, examples.Count, remarks);
        if (examples.Count == 0) throw new UserMistakeException($"{split.Key()}: there is no example in these files");
        unknown = encoder.Read.Unknown - unknown;
        if (unknown > 0)
        {
            var share = 100.0 * unknown / examples.Tokens;
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{split.Key()}: {share:F1} % of the {encoder.Read.Unit}s are unknown"));
        }

        return examples;
    }

    /// <summary>Takes the examples that are too long out of the texts too, so that both go side by side.</summary>
    private void LeaveOut(Split split, NumberStore places, int left, List<string> remarks)
    {
        if (left == 0) throw new UserMistakeException($"data.maximum_length: all {places.Count} examples of {split.Key()} are longer; raise it");
        remarks.Add(string.Create(
            CultureInfo.InvariantCulture, $"{split.Key()}: {places.Count:N0} of {left + places.Count:N0} examples are longer than data.maximum_length and left out"));
        var all = texts[split];
        texts[split] = () => Without(all(), places);
    }

    private static IEnumerable<TextExample> Without(IEnumerable<TextExample> all, NumberStore places)
    {
        var (place, next) = (0, 0L);
        foreach (var example in all)
        {
            if (next < places.Count && places[next] == place) next++;
            else yield return example;
            place++;
        }
    }
}
