using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;

namespace RnnTrain.Data.Examples;

/// <summary>Makes the vocabularies of an experiment from its training examples, in one pass over them.</summary>
internal static class LexiconLearning
{
    /// <param name="data">Says how text becomes numbers.</param>
    /// <param name="targets">What the examples ask for.</param>
    /// <param name="training">The training examples.</param>
    /// <exception cref="UserMistakeException">There is nothing to learn from.</exception>
    public static Lexicon Of(DataOptions data, TargetKind targets, IEnumerable<TextExample> training)
    {
        var read = new SymbolCounting(TokenTable.Create(data.Tokens!));
        var written = targets != TargetKind.Sequence ? null
            : data.SharedVocabulary ? read : new SymbolCounting(TokenTable.Create(data.WrittenTokens ?? data.Tokens!));
        var letters = targets == TargetKind.ClassEachStep ? new SymbolCounting(Letters.Tokenizer) : null;
        var labels = new Dictionary<string, long>(StringComparer.Ordinal);
        var examples = 0L;
        foreach (var example in training)
        {
            examples++;
            if (example.Words is null) read.Add(example.Text);
            foreach (var word in example.Words ?? [])
            {
                read.AddWord(word);
                letters?.Add(word);
            }

            if (example.Target is { } target) written!.Add(target);
            foreach (var label in example.Labels) labels[label] = labels.GetValueOrDefault(label) + 1;
        }

        if (examples == 0) throw new UserMistakeException("data.train: there is no example in these files");
        return new Lexicon
        {
            Tokens = read.Learn(),
            Written = data.SharedVocabulary ? null : written?.Learn(),
            Characters = letters?.Learn(),
            Labels = targets is TargetKind.Sequence or TargetKind.ValuesAtEnd ? null : LabelsOf(labels, targets),
        };
    }

    /// <summary>The labels in the order of how often they occur, ties in ordinal order.</summary>
    private static Vocabulary LabelsOf(Dictionary<string, long> counts, TargetKind targets)
    {
        var ordered = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var needed = targets == TargetKind.ClassSetAtEnd ? 1 : 2;
        if (ordered.Count < needed)
        {
            throw new UserMistakeException(ordered.Count == 0
                ? "data.train: no example has a label; check the columns of data.format"
                : $"data.train: every example has the label '{ordered[0].Key}', so there is nothing to tell apart");
        }

        return new Vocabulary([.. ordered.Select(pair => pair.Key)], [.. ordered.Select(pair => pair.Value)], unknown: null);
    }
}
