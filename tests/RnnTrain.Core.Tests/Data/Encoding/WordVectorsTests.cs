using System.Globalization;
using RnnTrain.Data.Encoding;

namespace RnnTrain.Tests.Data.Encoding;

public sealed class WordVectorsTests : IDisposable
{
    private static readonly Vocabulary Words = new(["the", "Cat", "cat", "<unk>", "New York", "7"], [8, 5, 4, 3, 2, 0], "<unk>");

    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("the 1 2\ncat 3 -4.5e-1\nother 5 6\n")]
    [InlineData("3 2\nthe 1 2 \ncat 3 -0.45 \nother 5 6 \n")]
    [InlineData("the\t1\t2\r\ncat\t3.0\t-.45\r\ncat\t9\t9\r\nother\t5\t6")]
    public void Files_of_word2vec_GloVe_and_fastText_are_read(string text)
    {
        var vectors = Read(text);
        Assert.Equal([0, 1, 2], vectors.OfTokens.Keys);
        Assert.Equal([1, 2], vectors.OfTokens[0]);
        Assert.Equal([3, -0.45f], vectors.OfTokens[2]);
        Assert.Equal([3, -0.45f], vectors.OfTokens[1]); // as its lower case has one
        Assert.Equal(
            "vectors of v.txt: for 3 of 6 words, 77.3 % of the training text, 1 of them by their lower case; 3 have none: <unk>, New York, 7", vectors.Summary);
    }

    [Fact]
    public void A_word_of_its_own_counts_wherever_it_stands() =>
        Assert.Equal([5, 6], Read("cat 1 2\nCat 5 6\nthe 1 1\n").OfTokens[1]);

    [Fact]
    public void A_word_may_hold_spaces_or_be_a_number()
    {
        var vectors = Read("New York 1 2\n7 3 4\n. . . 5 6\n");
        Assert.Equal([1, 2], vectors.OfTokens[4]);
        Assert.Equal([3, 4], vectors.OfTokens[5]);
    }

    [Fact]
    public void A_large_packed_file_is_read_a_piece_at_a_time()
    {
        const int features = 50;
        string Line(string word, int value) => word + string.Concat(Enumerable.Range(0, features).Select(i => $" {(value + i).ToString(CultureInfo.InvariantCulture)}.5")) + "\n";
        var text = string.Concat(Enumerable.Range(0, 9000).Select(i => Line($"w{i}", i))) + Line("the", 70);
        folder.With("v.vec.gz", TextFolder.Gzip(text));
        var vectors = WordVectors.Read("v.vec.gz", folder.Root, Words, features);
        Assert.True(text.Length > 2_000_000);
        Assert.Equal(Enumerable.Range(0, features).Select(i => 70.5f + i), vectors.OfTokens[0]);
        Assert.Equal([0], vectors.OfTokens.Keys);
    }

    [Theory]
    [InlineData("3 4\nthe 1 2 3 4\n", "model.vectors.file: v.txt:1: the vectors have 4 numbers, and the embedding has 2; make model.embedding_size 4, or take other vectors")]
    [InlineData("the 1 2 3\n", "model.vectors.file: v.txt:1: the vectors have 3 numbers, and the embedding has 2; make model.embedding_size 3, or take other vectors")]
    [InlineData("the 1\n", "model.vectors.file: v.txt:1: the vectors have 1 numbers, and the embedding has 2; make model.embedding_size 1, or take other vectors")]
    [InlineData("the 1 2\nother 1\n", "model.vectors.file: v.txt:2: 1 numbers, where the embedding has 2; the file is damaged, or no file of vectors")]
    [InlineData("the 1 2\nother 1 2 3\n", "model.vectors.file: v.txt:2: 3 numbers, where the embedding has 2; the file is damaged, or no file of vectors")]
    [InlineData("the 1 2\n\n", "model.vectors.file: v.txt:2: 0 numbers, where the embedding has 2; the file is damaged, or no file of vectors")]
    [InlineData("some text\n", "model.vectors.file: v.txt:1: no word with numbers after it; the file must be one of vectors as text")]
    [InlineData("a 1 2\nthe 1 2,5\n", "model.vectors.file: v.txt:2: '2,5', the 2. of 2, is no finite number")]
    [InlineData("a 1 2\nthe NaN 2\n", "model.vectors.file: v.txt:2: 'NaN', the 1. of 2, is no finite number")]
    [InlineData("a 1 2\n", "model.vectors.file: v.txt has none of the 6 words of the vocabulary; is it of another language?")]
    [InlineData("", "model.vectors.file: v.txt has none of the 6 words of the vocabulary; is it of another language?")]
    public void What_is_no_file_of_such_vectors_is_refused_with_its_line(string text, string mistake) => Assert.Equal(mistake, TextFolder.MistakeOf(() => Read(text)));

    private WordVectors Read(string text) => WordVectors.Read("v.txt", folder.With("v.txt", text).Root, Words, 2);
}
