using System.Globalization;
using RnnTrain.Configuration;

namespace RnnTrain.Data.Formats;

/// <summary>How the rows of table files are written, as far as the name of a file does not say it.</summary>
/// <param name="Delimiter">What separates columns: one character or `tab`; null where the name says it.</param>
/// <param name="Quotes">Whether quotes may enclose a column; null for the custom: not where tabs separate them.</param>
/// <param name="Header">True where the first row of a file names its columns.</param>
public sealed record TableLayout(string? Delimiter, bool? Quotes, bool Header)
{
    private const string Tab = "tab";

    /// <summary>True for a file with a JSON object a line.</summary>
    public static bool IsJson(string name) => Extension(name) is ".jsonl" or ".ndjson" or ".json";

    /// <summary>What separates the columns of a file of this name.</summary>
    /// <exception cref="UserMistakeException">Neither its name nor the configuration says it.</exception>
    public (char Delimiter, bool Quotes) Of(string name, string key)
    {
        var delimiter = (Delimiter, Extension(name)) switch
        {
            (Tab, _) => '\t',
            ({ } given, _) => given[0],
            (_, ".csv") => ',',
            (_, ".tsv" or ".tab") => '\t',
            _ => throw new UserMistakeException(
                $"{key}: {name}: its name does not say what separates its columns; name it .csv, .tsv or .jsonl, or set data.format.delimiter"),
        };
        return (delimiter, Quotes ?? delimiter != '\t');
    }

    /// <summary>What the configuration of a table format says that no table can be.</summary>
    public IEnumerable<ConfigMistake> Check(DataOptions data, params IEnumerable<TableColumn> columns)
    {
        if (Delimiter is not null and not Tab && (Delimiter.Length != 1 || Delimiter[0] is '"' or '\n' or '\r'))
            yield return new ConfigMistake("data.format.delimiter", $"'{Delimiter}' separates no columns; write one character, or tab");
        foreach (var column in columns)
        {
            if (!Header && !(int.TryParse(column.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
                yield return new ConfigMistake(column.Key, $"'{column.Name}' is no column number, and without a header columns have no names; write 1 for the first");
        }

        var json = data.Train.Concat(data.Validation).Concat(data.Test).FirstOrDefault(IsJson);
        if (json is null) yield break;
        if (!Header) yield return new ConfigMistake("data.format.header", $"{json} is read by the names in its objects; remove the key");
        if (Delimiter is not null) yield return new ConfigMistake("data.format.delimiter", $"{json} has JSON objects and no delimiter; remove the key");
    }

    private static string Extension(string name)
    {
        var unpacked = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        return Path.GetExtension(unpacked).ToLowerInvariant();
    }
}
