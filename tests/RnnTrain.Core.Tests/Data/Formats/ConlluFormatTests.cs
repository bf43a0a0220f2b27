using RnnTrain.Data.Formats;

namespace RnnTrain.Tests.Data.Formats;

public sealed class ConlluFormatTests : IDisposable
{
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Line(string id, string form, string upos) => string.Join('\t', id, form, form.ToLowerInvariant(), upos, "XX", "F=1", "0", "root", "_", "_") + "\n";

    private string Read(ConlluOptions options) => string.Join(
        " | ", folder.Examples(options, "a.conllu").Select(example => $"{example.Place} {string.Join('+', example.Words!)} = {string.Join(' ', example.Labels)}"));

    private string Mistake() => folder.ExamplesMistake(new ConlluOptions(), "a.conllu");

    [Fact]
    public void Multiword_tokens_empty_nodes_and_comments_are_passed_over()
    {
        folder.With("a.conllu", "# sent_id = 1\n" + Line("1-2", "Don't", "_") + Line("1", "Do", "AUX") + Line("2", "n't", "PART") + Line("2.1", "go", "VERB")
            + "\n# sent_id = 2\n# text = 10 000\n" + Line("1", "10 000", "NUM"));
        Assert.Equal("a.conllu:3 Do+n't = AUX PART | a.conllu:9 10 000 = NUM", Read(new ConlluOptions()));
    }

    [Theory]
    [InlineData(ConlluColumn.Lemma, "do")]
    [InlineData(ConlluColumn.Upos, "AUX")]
    [InlineData(ConlluColumn.Xpos, "XX")]
    [InlineData(ConlluColumn.Feats, "F=1")]
    [InlineData(ConlluColumn.Deprel, "root")]
    [InlineData(ConlluColumn.Misc, "_")]
    public void Any_column_is_the_label(ConlluColumn column, string label)
    {
        folder.With("a.conllu", Line("1", "Do", "AUX") + "\n");
        Assert.Equal($"a.conllu:1 Do = {label}", Read(new ConlluOptions { Column = column }));
    }

    [Fact]
    public void Every_column_that_can_be_chosen_was_tried() => Assert.Equal(6, Enum.GetValues<ConlluColumn>().Length);

    [Fact]
    public void A_line_that_is_not_of_the_format_is_a_mistake()
    {
        folder.With("a.conllu", Line("1", "Do", "AUX") + "2 go VERB\n");
        Assert.Equal("data.train: a.conllu:2: 1 column between tabs, and CoNLL-U has 10: \"2 go VERB\"; fetch the file again, or correct the line", Mistake());
        folder.With("a.conllu", Line("1", "Do", "AUX") + Line("3", "go", "VERB"));
        Assert.Equal(
            "data.train: a.conllu:2: the word's number is '3' where 2 should follow: \"3⇥go⇥go⇥VERB⇥XX⇥F=1⇥0⇥root⇥_⇥_\"; number the words of each sentence from 1, with an empty line behind it",
            Mistake());
        folder.With("a.conllu", Line("1-", "Do", "AUX"));
        Assert.StartsWith("data.train: a.conllu:1: the word's number is '1-' where 1 should follow", Mistake());
        folder.With("a.conllu", Line("1", "Do", ""));
        Assert.Equal("data.train: a.conllu:1: an empty column: \"1⇥Do⇥do⇥⇥XX⇥F=1⇥0⇥root⇥_⇥_\"; CoNLL-U writes _ for what there is not", Mistake());
    }
}
