using RnnTrain.Configuration;
using RnnTrain.Data.Tagging;

namespace RnnTrain.Tests.Data.Tagging;

public sealed class TagSchemesTests
{
    [Theory]
    [InlineData("O", 'O', "")]
    [InlineData("B-PER", 'B', "PER")]
    [InlineData("S", 'S', "")]
    [InlineData("I-A-B", 'I', "A-B")]
    [InlineData("NOUN", Tag.NoTag, "NOUN")]
    [InlineData("BX", Tag.NoTag, "BX")]
    [InlineData("B-", Tag.NoTag, "B-")]
    [InlineData("O-PER", Tag.NoTag, "O-PER")]
    [InlineData("", Tag.NoTag, "")]
    public void A_label_is_a_prefix_and_a_type_and_is_written_as_it_was_read(string label, char prefix, string type)
    {
        Assert.Equal(new Tag(prefix, type), Tag.Parse(label));
        Assert.Equal(label, Tag.Parse(label).ToString());
    }

    [Theory]
    [InlineData(TagScheme.Iob1, null, "I-X", true)]
    [InlineData(TagScheme.Iob1, null, "B-X", false)]
    [InlineData(TagScheme.Iob1, "I-Y", "B-X", false)]
    [InlineData(TagScheme.Iob1, "I-X", "B-X", true)]
    [InlineData(TagScheme.Iob1, "B-X", null, true)]
    [InlineData(TagScheme.Iob2, null, "I-X", false)]
    [InlineData(TagScheme.Iob2, "O", "I-X", false)]
    [InlineData(TagScheme.Iob2, "B-Y", "I-X", false)]
    [InlineData(TagScheme.Iob2, "I-X", "I-X", true)]
    [InlineData(TagScheme.Iob2, "O", "E-X", false)]
    [InlineData(TagScheme.Iobes, "B-X", "O", false)]
    [InlineData(TagScheme.Iobes, "B-X", null, false)]
    [InlineData(TagScheme.Iobes, "B-X", "E-X", true)]
    [InlineData(TagScheme.Iobes, "B-X", "E-Y", false)]
    [InlineData(TagScheme.Iobes, "S-X", "E-X", false)]
    [InlineData(TagScheme.Iobes, "E-X", null, true)]
    [InlineData(TagScheme.Iobes, null, "S-X", true)]
    [InlineData(TagScheme.None, "B-X", "I-Y", true)]
    public void A_scheme_says_what_may_follow(TagScheme scheme, string? previous, string? next, bool allowed) =>
        Assert.Equal(allowed, scheme.Allows(previous, next));

    [Fact]
    public void What_may_follow_is_what_occurs_in_tags_of_spans()
    {
        foreach (var (scheme, prefixes) in new[] { (TagScheme.Iob1, "BI"), (TagScheme.Iob2, "BI"), (TagScheme.Iobes, "BIES") })
        {
            var seen = new HashSet<(string?, string?)>();
            foreach (var tags in SpansTests.Sequences("BI", longest: 5))
            {
                var written = Spans.Tags(Spans.Of(tags, TagScheme.Iob2), tags.Length, scheme);
                for (var i = 0; i <= written.Count; i++) seen.Add((i == 0 ? null : written[i - 1], i == written.Count ? null : written[i]));
            }

            string[] labels = ["O", .. prefixes.SelectMany(prefix => new[] { $"{prefix}-X", $"{prefix}-Y" })];
            foreach (var previous in labels.Prepend(null))
            {
                foreach (var next in labels.Append(null).Where(next => previous is not null || next is not null))
                    Assert.Equal(seen.Contains((previous, next)), scheme.Allows(previous, next));
            }
        }
    }

    [Theory]
    [InlineData(TagScheme.Iob1, "I-X O B-X", 2, "B-X follows O, and iob1 writes B only where a span of the same type ends just before")]
    [InlineData(TagScheme.Iob1, "B-X", 0, "B-X begins the sentence, and iob1 writes B only where a span of the same type ends just before")]
    [InlineData(TagScheme.Iob2, "O I-X", 1, "I-X follows O, and iob2 begins every span with B")]
    [InlineData(TagScheme.Iob2, "B-X I-Y", 1, "I-Y follows B-X, and iob2 begins every span with B")]
    [InlineData(TagScheme.Iob2, "B-X E-X", 1, "'E-X' is no tag of iob2, which has O, B-X and I-X")]
    [InlineData(TagScheme.Iobes, "NOUN", 0, "'NOUN' is no tag of iobes, which has O, B-X, I-X, E-X and S-X")]
    [InlineData(TagScheme.Iobes, "B-X O", 1, "O follows B-X, and iobes ends every span with E or S")]
    [InlineData(TagScheme.Iobes, "O E-X", 1, "E-X follows O, and iobes begins every span with B or S")]
    [InlineData(TagScheme.Iobes, "I-X E-X", 0, "I-X begins the sentence, and iobes begins every span with B or S")]
    [InlineData(TagScheme.Iobes, "O B-X", 1, "the sentence ends after B-X, and iobes ends every span with E or S")]
    public void A_violation_has_its_place_and_its_reason(TagScheme scheme, string tags, int place, string what) =>
        Assert.Equal(new TagViolation(place, what), scheme.Violation(tags.Split(' ')));

    [Fact]
    public void Labels_that_mark_no_spans_violate_nothing()
    {
        Assert.Null(TagScheme.None.Violation(["NOUN", "I-X"]));
        Assert.Null(TagScheme.Iobes.Violation([]));
    }
}
