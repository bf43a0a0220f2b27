using RnnTrain.Configuration;
using RnnTrain.Data.Tagging;

namespace RnnTrain.Tests.Data.Tagging;

public sealed class SpansTests
{
    private static readonly TagScheme[] Schemes = [TagScheme.Iob1, TagScheme.Iob2, TagScheme.Iobes];

    /// <summary>Every sequence of up to so many tags with these prefixes and two types.</summary>
    internal static IEnumerable<string[]> Sequences(string prefixes, int longest)
    {
        string[] tags = ["O", .. prefixes.SelectMany(prefix => new[] { $"{prefix}-X", $"{prefix}-Y" })];
        IEnumerable<string[]> sequences = [[]];
        for (var length = 0; length < longest; length++)
        {
            sequences = [.. sequences.SelectMany(sequence => tags.Select(tag => (string[])[.. sequence, tag]))];
            foreach (var sequence in sequences) yield return sequence;
        }
    }

    [Theory]
    [InlineData(TagScheme.Iob1, "I-X I-X B-X O I-Y I-X", "0-2 X, 2-3 X, 4-5 Y, 5-6 X")]
    [InlineData(TagScheme.Iob2, "B-X I-X B-X O B-Y B-X", "0-2 X, 2-3 X, 4-5 Y, 5-6 X")]
    [InlineData(TagScheme.Iobes, "B-X E-X S-X O S-Y S-X", "0-2 X, 2-3 X, 4-5 Y, 5-6 X")]
    [InlineData(TagScheme.Iob2, "O O", "")]
    [InlineData(TagScheme.Iob2, "B I O B", "0-2 , 3-4 ")]
    [InlineData(TagScheme.Iob2, "B-NP-SBJ I-NP-SBJ", "0-2 NP-SBJ")]
    [InlineData(TagScheme.None, "B-X I-X", "")]
    public void Spans_are_read_from_tags(TagScheme scheme, string tags, string spans) =>
        Assert.Equal(spans, string.Join(", ", Spans.Of(tags.Split(' '), scheme).Select(span => $"{span.First}-{span.End} {span.Type}")));

    [Fact]
    public void Tags_of_any_kind_are_read_as_conlleval_reads_them()
    {
        var sequences = Sequences("BI", longest: 5).ToList();
        Assert.Equal(5 + 25 + 125 + 625 + 3125, sequences.Count);
        foreach (var tags in sequences)
        {
            Assert.Equal(Conlleval(tags), Spans.Of(tags, TagScheme.Iob2));
            Assert.Equal(Conlleval(tags), Spans.Of(tags, TagScheme.Iob1));
        }
    }

    [Fact]
    public void Each_scheme_writes_every_set_of_spans_in_one_way_which_it_allows_and_no_other()
    {
        foreach (var scheme in Schemes)
        {
            var allowed = Sequences(scheme == TagScheme.Iobes ? "BIES" : "BI", longest: 4).Where(tags => scheme.Violation(tags) is null).ToList();
            Assert.Equal(4, allowed.Max(tags => tags.Length));
            foreach (var tags in allowed) Assert.Equal(tags, Spans.Tags(Spans.Of(tags, scheme), tags.Length, scheme));

            // s(n): ways to cut n words into single words outside and spans of two types: s(n) = s(n-1) + 2 · Σ s(n-k).
            Assert.Equal([3, 11, 41, 153], Enumerable.Range(1, 4).Select(length => allowed.Count(tags => tags.Length == length)));
        }
    }

    [Fact]
    public void Tags_survive_the_way_to_any_scheme_and_back()
    {
        foreach (var from in Schemes)
        {
            foreach (var tags in Sequences(from == TagScheme.Iobes ? "BIES" : "BI", longest: 4).Where(tags => from.Violation(tags) is null))
            {
                foreach (var to in Schemes)
                {
                    var converted = from.Convert(tags, to);
                    Assert.Null(to.Violation(converted));
                    Assert.Equal(tags, to.Convert(converted, from));
                }
            }
        }
    }

    // endOfChunk and startOfChunk of conlleval, written down from its table of pairs of prefixes, without E, S and brackets.
    private static List<Span> Conlleval(string[] tags)
    {
        var spans = new List<Span>();
        var (before, typeBefore, start) = ('O', "", 0);
        for (var i = 0; i <= tags.Length; i++)
        {
            var (tag, type) = i == tags.Length || tags[i] == "O" ? ('O', "") : (tags[i][0], tags[i][2..]);
            var ends = (before, tag) is ('B', 'B') or ('B', 'O') or ('I', 'B') or ('I', 'O') || (before != 'O' && typeBefore != type);
            var begins = (before, tag) is ('B', 'B') or ('I', 'B') or ('O', 'B') or ('O', 'I') || (tag != 'O' && typeBefore != type);
            if (ends) spans.Add(new Span(start, i, typeBefore));
            if (begins) start = i;
            (before, typeBefore) = (tag, type);
        }

        return spans;
    }
}
