using RnnTrain.Metrics.Classification;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Metrics.Classification;

public sealed class RocAucTests
{
    /// <summary>The example of scikit-learn's documentation of roc_auc_score, and its number.</summary>
    [Fact]
    public void A_known_number() => Assert.Equal(0.75, RocAuc.Of([0.1f, 0.4f, 0.35f, 0.8f], [false, false, true, true]));

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(1000000)]
    public void It_is_the_share_of_pairs_in_the_right_order_and_a_tie_is_half_of_one(int different)
    {
        var random = new PortableRandom(5);
        float[] scores = [.. Enumerable.Range(0, 80).Select(_ => random.NextBelow(different) / (float)different)];
        bool[] positive = [.. Enumerable.Range(0, 80).Select(_ => random.NextBelow(3) == 0)];
        var (wins, pairs, ties) = (0.0, 0, 0);
        foreach (var (above, _) in scores.Zip(positive).Where(pair => pair.Second))
        {
            foreach (var (below, _) in scores.Zip(positive).Where(pair => !pair.Second))
            {
                pairs++;
                if (above == below) ties++;
                wins += above > below ? 1 : above == below ? 0.5 : 0;
            }
        }

        Assert.True(different > 1000 || ties > 0, "there is no tie: it is not tested");
        Assert.Equal(wins / pairs, RocAuc.Of(scores, positive)!.Value, 1e-12);
    }

    [Fact]
    public void Perfect_useless_and_turned_round()
    {
        Assert.Equal(1, RocAuc.Of([0.2f, 0.7f], [false, true]));
        Assert.Equal(0, RocAuc.Of([0.7f, 0.2f], [false, true]));
        Assert.Equal(0.5, RocAuc.Of([0.5f, 0.5f, 0.5f], [false, true, false]));
    }

    [Fact]
    public void There_is_none_where_all_are_of_one_kind()
    {
        Assert.Null(RocAuc.Of([0.2f, 0.7f], [true, true]));
        Assert.Null(RocAuc.Of([0.2f, 0.7f], [false, false]));
        Assert.Null(RocAuc.Of([], []));
        Assert.Null(RocAuc.Macro(2, 2, (_, _) => 0, (_, label) => label == 0));
    }

    [Fact]
    public void The_macro_mean_leaves_out_classes_that_tell_nothing()
    {
        float[,] scores = { { 0.9f, 0.3f, 0.1f }, { 0.2f, 0.6f, 0.1f }, { 0.4f, 0.2f, 0.1f } };
        int[] classes = [0, 1, 1];
        var macro = RocAuc.Macro(3, 3, (example, label) => scores[example, label], (example, label) => classes[example] == label);
        Assert.Equal((1 + 0.5) / 2, macro!.Value, 1e-15);
    }
}
