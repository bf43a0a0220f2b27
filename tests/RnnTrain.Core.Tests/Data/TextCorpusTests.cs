using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Encoding;

namespace RnnTrain.Tests.Data;

public sealed class TextCorpusTests : IDisposable
{
    private readonly TextFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Decoded(TextCorpus corpus, Split split) => corpus.Tokenizer.Decoder(corpus.Vocabulary).Decode(corpus.Find(split)!.Ids);

    [Fact]
    public void Each_split_has_its_own_files_over_one_vocabulary()
    {
        folder.With("train.txt", "abcabc").With("v.txt", "cab").With("t1.txt", "ba\n").With("t2.txt", "ca");
        var corpus = folder.Corpus(new CharacterOptions(), data => data with { Validation = ["v.txt"], Test = ["t*.txt", "!train.txt"] });
        Assert.Equal([Split.Train, Split.Validation, Split.Test], corpus.Sequences.Select(sequence => sequence.Split));
        Assert.Equal("abcabc", Decoded(corpus, Split.Train));
        Assert.Equal("cab", Decoded(corpus, Split.Validation));
        Assert.Equal("ba\uFFFDca", Decoded(corpus, Split.Test));
        Assert.Equal([0, 0, 1], corpus.Sequences.Select(sequence => sequence.UnknownTokens));
        Assert.Equal(["train train.txt", "validation v.txt", "test t1.txt", "test t2.txt"], corpus.Files.Select(file => $"{file.Split} {file.Path}"));
    }

    [Fact]
    public void Without_held_out_data_there_is_only_the_training_split()
    {
        var corpus = folder.With("train.txt", "ab").Corpus(new CharacterOptions());
        Assert.Same(corpus.Train, Assert.Single(corpus.Sequences));
        Assert.Null(corpus.Validation);
        Assert.Null(corpus.Test);
    }

    [Theory]
    [InlineData(0.1, 0.05, 85, 10, 5)]
    [InlineData(0.1, 0, 90, 10, 0)]
    [InlineData(0, 0.3, 70, 0, 30)]
    [InlineData(0.105, 0, 89, 11, 0)]
    [InlineData(0.02, 0.07, 91, 2, 7)] // in binary fractions 100 · (1 − 0.02 − 0.07) is less than 91
    public void Shares_are_held_out_from_the_end(double validation, double test, int trainTokens, int validationTokens, int testTokens)
    {
        var text = string.Concat(Enumerable.Range(0, 100).Select(i => (char)('a' + i % 17)));
        var corpus = folder.With("train.txt", text)
            .Corpus(new CharacterOptions(), data => data with { Split = new SplitOptions { Validation = validation, Test = test } });
        var lengths = (corpus.Train.Ids.Length, corpus.Validation?.Ids.Length ?? 0, corpus.Test?.Ids.Length ?? 0);
        Assert.Equal((trainTokens, validationTokens, testTokens), lengths);
        Assert.Equal(text, string.Concat(corpus.Sequences.Select(sequence => Decoded(corpus, sequence.Split))));
    }

    [Fact]
    public void A_share_may_be_held_out_beside_a_test_file()
    {
        folder.With("train.txt", "abababcacb").With("t.txt", "abc");
        var corpus = folder.Corpus(new CharacterOptions(), data => data with { Split = new SplitOptions { Validation = 0.2 }, Test = ["t.txt"] });
        Assert.Equal("abababca|cb|abc", string.Join('|', Enum.GetValues<Split>().Select(split => Decoded(corpus, split))));
    }

    [Fact]
    public void A_limit_takes_the_beginning_of_a_split_after_others_were_held_out_of_it()
    {
        var limit = new LimitOptions { Train = 3, Validation = 2, Test = 99 };
        var corpus = folder.With("train.txt", "abcabzxyzu").With("t.txt", "ca").Corpus(
            new CharacterOptions(), data => data with { Split = new SplitOptions { Validation = 0.4 }, Test = ["t.txt"], Limit = limit });
        Assert.Equal("abc", Decoded(corpus, Split.Train));
        Assert.Equal(["a", "b", "c", "<unk>"], corpus.Vocabulary.Symbols);
        Assert.Equal(2, corpus.Validation!.Ids.Length);
        Assert.Equal("ca", Decoded(corpus, Split.Test));
    }

    [Fact]
    public void What_is_held_out_decides_nothing_about_the_vocabulary()
    {
        var corpus = folder.With("train.txt", "abababab" + "zz").Corpus(new CharacterOptions(), data => data with { Split = new SplitOptions { Validation = 0.2 } });
        Assert.Equal(["a", "b", "<unk>"], corpus.Vocabulary.Symbols);
        Assert.Equal([4, 4, 0], corpus.Vocabulary.Counts);
        Assert.Equal(2, corpus.Validation!.UnknownTokens);
    }

    [Fact]
    public void A_trained_vocabulary_is_used_as_it_is()
    {
        var trained = folder.With("train.txt", "aab").Corpus(new CharacterOptions()).Vocabulary;
        var corpus = folder.With("train.txt", "bbba").Corpus(new CharacterOptions(), trained: trained);
        Assert.Same(trained, corpus.Vocabulary);
        Assert.Equal([1, 1, 1, 0], corpus.Train.Ids);
    }

    [Fact]
    public void Data_that_a_trained_vocabulary_lacks_is_a_mistake()
    {
        var trained = folder.With("train.txt", "aab").Corpus(new CharacterOptions()).Vocabulary;
        folder.With("train.txt", "abxy");
        Assert.Equal(
            "data: the model's vocabulary lacks 2 characters of this data, 'x' (U+0078) for one; the data has changed since the model was trained",
            TextFolder.MistakeOf(() => folder.Corpus(new CharacterOptions(), trained: trained)));
    }

    [Fact]
    public void A_split_of_fewer_than_two_tokens_is_a_mistake()
    {
        folder.With("train.txt", "a b a").With("v.txt", " \n").With("t.txt", "a");
        var mistake = Assert.Throws<UserMistakeException>(
            () => folder.Corpus(new WordOptions(), data => data with { Validation = ["v.txt"], Test = ["t.txt"] }));
        Assert.Equal(
            [
                "data.validation: there are 0 words; at least 2 are needed, one to read and one to predict",
                "data.test: there are 1 words; at least 2 are needed, one to read and one to predict",
            ],
            mistake.Lines);
    }

    [Fact]
    public void Bad_files_of_every_split_are_reported_at_once()
    {
        var mistake = Assert.Throws<UserMistakeException>(
            () => folder.Corpus(new WordOptions(), data => data with { Validation = ["v.txt"], Test = ["*.txt"] }));
        Assert.Equal(["data.train", "data.validation", "data.test"], mistake.Lines.Select(line => line[..line.IndexOf(':')]));
    }
}
