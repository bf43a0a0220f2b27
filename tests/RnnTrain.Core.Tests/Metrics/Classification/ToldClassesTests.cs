using RnnTrain.Metrics;
using RnnTrain.Metrics.Classification;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Metrics.Classification;

public sealed class ToldClassesTests
{
    /// <summary>The example of scikit-learn's documentation of brier_score_loss, and its number.</summary>
    [Fact]
    public void Briers_score_of_two_classes_is_that_of_the_second()
    {
        var told = new ToldClasses(new ScoredRows(3, [0, 0.9f, 0.1f, 1, 0.1f, 0.9f, 1, 0.2f, 0.8f, 0, 0.7f, 0.3f]));
        Assert.Equal(0.0375, told.Brier, 1e-7);
        Assert.Equal(1, told.RocAuc);
    }

    [Fact]
    public void Numbers_of_three_classes_are_those_of_the_definitions()
    {
        var (rows, probabilities, classes) = Drawn(examples: 50, count: 3);
        var told = new ToldClasses(rows);
        var brier = Enumerable.Range(0, 50).Average(example => Enumerable.Range(0, 3).Sum(label =>
            Math.Pow(probabilities[example][label] - (label == classes[example] ? 1 : 0), 2)));
        Assert.Equal(brier, told.Brier, 1e-6);
        var area = Enumerable.Range(0, 3).Average(label => RocAuc.Of(
            [.. probabilities.Select(each => each[label])], [.. classes.Select(each => each == label)])!.Value);
        Assert.Equal(area, told.RocAuc!.Value, 1e-12);
        var calibration = new Calibration();
        for (var example = 0; example < 50; example++)
        {
            var best = probabilities[example].Max();
            calibration.Add(best, probabilities[example][classes[example]] == best);
        }

        Assert.Equal(calibration.ExpectedError, told.Calibration().ExpectedError, 1e-12);
    }

    [Fact]
    public void Two_classes_have_one_area() =>
        Assert.Equal(0.75, new ToldClasses(new ScoredRows(3, [0, 0.9f, 0.1f, 0, 0.6f, 0.4f, 1, 0.65f, 0.35f, 1, 0.2f, 0.8f])).RocAuc);

    [Fact]
    public void Sets_of_classes_are_measured_class_by_class()
    {
        // two classes of three examples: present, present, probability, probability
        var told = new ToldClassSets(new ScoredRows(4, [1, 0, 0.9f, 0.2f, 1, 1, 0.3f, 0.7f, 0, 1, 0.4f, 0.1f]));
        Assert.Equal((0.5 + 0.5) / 2, told.RocAuc!.Value, 1e-12);
        Assert.Equal((0.01 + 0.04 + 0.49 + 0.09 + 0.16 + 0.81) / 6, told.Brier, 1e-6);
        Assert.Equal(6, told.Calibration().Table().Rows.Sum(row => row.Values[0]));
    }

    private static (ScoredRows Rows, float[][] Probabilities, int[] Classes) Drawn(int examples, int count)
    {
        var random = new PortableRandom(3);
        var probabilities = new float[examples][];
        for (var example = 0; example < examples; example++)
        {
            double[] weights = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
            probabilities[example] = [.. weights.Select(weight => (float)(weight / weights.Sum()))];
        }

        int[] classes = [.. Enumerable.Range(0, examples).Select(_ => (int)random.NextBelow(count))];
        return (new ScoredRows(count + 1, [.. classes.Zip(probabilities).SelectMany(pair => pair.Second.Prepend(pair.First))]), probabilities, classes);
    }
}
