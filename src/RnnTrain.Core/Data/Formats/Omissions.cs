using System.Collections.Concurrent;
using System.Globalization;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Formats;

/// <summary>Leaves out examples without text, or refuses them, and knows how many it left out. Files are read several times, some times in part; the longest pass counts.</summary>
/// <param name="choice">What becomes of them.</param>
/// <param name="unit">What an example is called, in the singular: `pair`.</param>
internal sealed class Omissions(EmptyText choice, string unit)
{
    private readonly ConcurrentDictionary<Split, (long Read, long Omitted)> passes = [];

    /// <summary>One line a split of which some were left out.</summary>
    public IReadOnlyList<string> Remarks =>
        [.. passes.OrderBy(pass => pass.Key).Where(pass => pass.Value.Omitted > 0).Select(pass => Remark(pass.Key, pass.Value))];

    /// <summary>Those with text.</summary>
    /// <param name="examples">Examples of a whole split; those without text have none in <see cref="TextExample.Text"/> or in <see cref="TextExample.Target"/>.</param>
    /// <param name="split">What they are for.</param>
    /// <exception cref="UserMistakeException">While they are taken: one has no text, and is to be refused.</exception>
    public IEnumerable<TextExample> WithText(IEnumerable<TextExample> examples, Split split)
    {
        var (read, omitted) = (0L, 0L);
        try
        {
            foreach (var example in examples)
            {
                read++;
                if (What(example) is not { } what)
                {
                    yield return example;
                    continue;
                }

                omitted++;
                if (choice == EmptyText.Refuse)
                    throw new UserMistakeException($"{split.Key()}: {example.Place}: {what}; remove it, or set data.format.empty to skip");
            }
        }
        finally
        {
            passes.AddOrUpdate(split, (read, omitted), (_, before) => read > before.Read ? (read, omitted) : before);
        }
    }

    private static string? What(TextExample example) => (string.IsNullOrWhiteSpace(example.Text), example.Target is not null && string.IsNullOrWhiteSpace(example.Target)) switch
    {
        (true, true) => "both sides are empty",
        (true, false) => example.Target is null ? "the text is empty" : $"the side that is read is empty, and the other is {Shown.Text(example.Target)}",
        (false, true) => $"the side that is written is empty, and the other is {Shown.Text(example.Text)}",
        _ => null,
    };

    private string Remark(Split split, (long Read, long Omitted) pass) => string.Create(CultureInfo.InvariantCulture,
        $"{split.Key()}: {pass.Omitted:N0} of {Shown.Count(pass.Read, unit)} left out, for want of text");
}
