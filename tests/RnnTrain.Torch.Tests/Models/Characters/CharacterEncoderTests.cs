using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data.Batching;
using RnnTrain.Layers;
using RnnTrain.Models.Characters;
using RnnTrain.Models.Initializations;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models.Characters;

public sealed class CharacterEncoderTests
{
    private static readonly int[][] Words = [[1, 2, 3, 1, 4], [2], [4, 4], [0, 3, 1]];

    /// <summary>[3 steps, 2 examples]; the last place is padding.</summary>
    private static readonly long[] Places = [1, 0, 2, 1, 3, 0];

    public static TheoryData<string, ComputeEngine> Encoders =>
        [.. from entry in CharacterTable.Encoders.Entries from engine in new[] { ComputeEngine.Auto, ComputeEngine.Libtorch } select (entry.Name, engine)];

    [Fact]
    public void There_are_encoders_to_test() => Assert.True(Encoders.Count >= 4);

    [Theory]
    [MemberData(nameof(Encoders))]
    public void A_word_has_the_features_it_has_alone_wherever_it_stands(string name, ComputeEngine engine)
    {
        using var scope = NewDisposeScope();
        using var encoder = Encoder(name, engine, out var options);
        var together = Numbers.Of(encoder.Forward(new DistinctWords(PaddedTokens.Of(Words), Places), 3, CPU)); // [time, batch, features]
        var size = (int)options.OutputSize;
        Assert.Equal(Places.Length * size, together.Length);
        for (var place = 0; place < Places.Length; place++)
        {
            var alone = encoder.Forward(new DistinctWords(PaddedTokens.Of([Words[Places[place]]]), [0]), 1, CPU); // [1, 1, features]
            Numbers.AreClose(together[(place * size)..((place + 1) * size)], alone, 1e-6, $"place {place}");
        }
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public void Every_parameter_gets_a_gradient_from_letters_of_words_alone(string name, ComputeEngine engine)
    {
        using var scope = NewDisposeScope();
        using var encoder = Encoder(name, engine, out _);
        (encoder.Forward(new DistinctWords(PaddedTokens.Of([[1, 2, 3], [1]]), [0, 1]), 2, CPU) * Formula.Single(0.3, 2, 1, 6)).sum().backward();
        Assert.All(encoder.NamedParameters(), named => Assert.True(named.Parameter.grad!.abs().sum().ToDouble() > 0, named.Name));
        var letters = Numbers.Of(encoder.NamedParameters()[0].Parameter.grad!); // [5, 4]
        Assert.All(letters[..4].Concat(letters[16..]), value => Assert.Equal(0, value)); // 0 stands in the padding only, 4 nowhere
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Filters_give_what_their_equation_says(int width)
    {
        using var scope = NewDisposeScope();
        using var encoder = Made(new CnnLetterOptions { EmbeddingSize = 4, Filters = 6, Width = width }, ComputeEngine.Auto);
        var found = Numbers.Of(encoder.Forward(new DistinctWords(PaddedTokens.Of(Words), [0, 1, 2, 3]), 1, CPU)); // [1, words, filters]
        var (x, weight, bias) = (Of(encoder, "embedding.weight"), Of(encoder, "convolution.weight"), Of(encoder, "convolution.bias"));
        for (var place = 0; place < found.Length; place++)
        {
            var (word, filter) = (Words[place / 6], place % 6);
            var answers = Enumerable.Range(0, word.Length).Select(t => bias[filter] + Enumerable.Range(0, width).Sum(tap =>
            {
                var seen = t - ((width - 1) / 2) + tap;
                return seen < 0 || seen >= word.Length ? 0 : Enumerable.Range(0, 4).Sum(i => x[(word[seen] * 4) + i] * weight[(filter * width * 4) + (tap * 4) + i]);
            }));
            Assert.Equal(Math.Tanh(answers.Max()), found[place], 1e-6);
        }
    }

    [Fact]
    public void An_LSTM_gives_the_final_state_of_each_direction()
    {
        using var scope = NewDisposeScope();
        using var encoder = Made(new LstmLetterOptions { EmbeddingSize = 4, HiddenSize = 3 }, ComputeEngine.Auto);
        using var stack = new RecurrentStack(new StackOptions { Cell = new LstmOptions(), InputSize = 4, HiddenSize = 3, Bidirectional = true, Path = LayerPath.Unrolled });
        stack.LoadParameters(encoder.NamedParameters().Skip(1).ToDictionary(named => named.Name["recurrent.".Length..], named => (Tensor)named.Parameter));
        var letters = encoder.NamedParameters()[0].Parameter;
        foreach (var word in Words)
        {
            var found = encoder.Forward(new DistinctWords(PaddedTokens.Of([word]), [0]), 1, CPU).flatten(); // [features]
            var read = letters.index_select(0, tensor([.. word.Select(letter => (long)letter)])).unsqueeze(1); // [letters, 1, embedding]
            var final = stack.Forward(read, stack.NewState(1)).Final[0];
            Numbers.AreClose(cat([final[0].Hidden, final[1].Hidden], 1).flatten(), found, 1e-6, "word");
        }
    }

    private static double[] Of(CharacterEncoder encoder, string name) => Numbers.Of(encoder.NamedParameters().Single(named => named.Name == name).Parameter);

    /// <summary>Six features of five letters, embedded in four.</summary>
    private static CharacterEncoder Encoder(string name, ComputeEngine engine, out WordLetterOptions options)
    {
        options = name switch
        {
            "lstm" => new LstmLetterOptions { EmbeddingSize = 4, HiddenSize = 3 },
            "cnn" => new CnnLetterOptions { EmbeddingSize = 4, Filters = 6 },
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "who adds an encoder says here how it has six features"),
        };
        return Made(options, engine);
    }

    private static CharacterEncoder Made(WordLetterOptions options, ComputeEngine engine)
    {
        var encoder = CharacterTable.Encoders.Create(options, new CharacterArguments(Letters: 5, engine));
        InitializationTable.Create(null).Apply(encoder.NamedParameters(), seed: 1);
        return encoder;
    }
}
