using RnnTrain.Configuration;
using RnnTrain.Data.Formats;

namespace RnnTrain.Data.Inputs;

/// <summary>Where the text stands in an object, a row or a column.</summary>
public sealed record InputFields
{
    private const int ConlluWord = 1; // behind the number

    /// <summary>Names of fields or columns that may hold the text; the first that is there does.</summary>
    public IReadOnlyList<string> Text { get; init; } = ["text", "source"];

    /// <summary>True where the model was trained on words that its data cut itself: a text is cut at its white space.</summary>
    public bool AsWords { get; init; }

    /// <summary>Which of so many columns of a CoNLL file holds the words, from 0.</summary>
    public Func<int, int> WordOf { get; init; } = _ => 0;

    /// <summary>As in the data that a model was trained on.</summary>
    public static InputFields Of(FormatOptions format)
    {
        var fields = new InputFields { AsWords = format.Targets == TargetKind.ClassEachStep };
        return format switch
        {
            LabeledTextOptions table => fields with { Text = [.. fields.Text.Prepend(table.Text).Distinct()] },
            TextPairsOptions pairs => fields with { Text = [.. fields.Text.Prepend(pairs.Source).Distinct()] },
            ConllOptions columns => fields with { WordOf = width => columns.PlaceOf(columns.Word, width) },
            ConlluOptions => fields with { WordOf = _ => ConlluWord },
            _ => fields,
        };
    }
}
