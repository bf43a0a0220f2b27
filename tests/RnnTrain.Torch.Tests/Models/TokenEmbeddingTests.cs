using RnnTrain.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models;

public sealed class TokenEmbeddingTests
{
    private const long Vocabulary = 6;
    private const long Features = 5;

    [Theory]
    [InlineData(ScalarType.Float32, false)]
    [InlineData(ScalarType.Float32, true)]
    [InlineData(ScalarType.Float64, false)]
    [InlineData(ScalarType.BFloat16, true)]
    public void Rows_and_gradients_are_those_of_the_matrix(ScalarType type, bool tied)
    {
        using var scope = NewDisposeScope();
        using var embedding = Filled(tied).to(type);
        var plain = nn.Parameter(embedding.Matrix.detach().clone());
        foreach (long[] numbers in new long[][] { [0, 5, 5, 1, 0, 0], [2, 2, 3, 1, 4, 2] })
        {
            var tokens = tensor(numbers, [3, 2]);
            embedding.zero_grad();
            plain.grad = null;
            foreach (var window in new[] { tokens, tokens.flip(0).narrow(0, 0, 2) }) // two lookups in one step
            {
                var found = embedding.Forward(window);
                var expected = plain.index_select(0, window.flatten()).view(-1, 2, Features);
                Numbers.AreEqual(expected, found, "rows");
                var weights = Formula.Single(0.3, found.shape).to(type);
                (found * weights).sum().backward();
                (expected * weights).sum().backward();
            }

            Numbers.AreClose(plain.grad!, embedding.Matrix.grad!, type == ScalarType.BFloat16 ? 1e-2 : 1e-6, "gradient");
            var rows = embedding.NamedParameter().Rows;
            if (type == ScalarType.Float32 && !tied) Assert.Equal(numbers.Distinct().Order(), Sorted(rows!.Rows));
            if (tied) Assert.Null(rows);
        }
    }

    [Fact]
    public void Rows_are_described_again_after_the_model_was_moved_and_back()
    {
        using var scope = NewDisposeScope();
        using var embedding = Filled(tied: false);
        Step();
        embedding.to(ScalarType.Float64);
        Step();
        Assert.False(embedding.NamedParameter().Rows!.Describes(embedding.Matrix.grad));
        embedding.to(ScalarType.Float32);
        Step();
        Assert.True(embedding.NamedParameter().Rows!.Describes(embedding.Matrix.grad));
        Assert.Equal(2 * Features, embedding.Matrix.grad!.sum().item<float>());

        void Step()
        {
            embedding.zero_grad();
            embedding.Forward(tensor([3L, 4], [2, 1])).sum().backward();
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Vocabulary)]
    [InlineData(long.MaxValue / 2)]
    public void A_token_that_does_not_exist_is_refused(long token)
    {
        using var scope = NewDisposeScope();
        using var embedding = Filled(tied: false);
        Assert.Throws<ArgumentOutOfRangeException>(() => embedding.Forward(tensor([token], [1, 1])));
    }

    [Fact]
    public void A_frozen_matrix_gets_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var embedding = Filled(tied: false);
        embedding.Matrix.requires_grad = false;
        Assert.False(embedding.Forward(tensor([1L], [1, 1])).requires_grad);
    }

    private static TokenEmbedding Filled(bool tied)
    {
        var embedding = new TokenEmbedding(Vocabulary, Features, tied);
        using var frozen = no_grad();
        embedding.Matrix.copy_(Formula.Single(0.1, Vocabulary, Features));
        return embedding;
    }

    private static IEnumerable<long> Sorted(ReadOnlySpan<int> rows) => rows.ToArray().Select(row => (long)row).Order();
}
