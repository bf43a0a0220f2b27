using RnnTrain.Metrics.Classification;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Metrics.Classification;

public sealed class CalibrationTests
{
    [Fact]
    public void By_hand()
    {
        var calibration = new Calibration(bins: 2);
        foreach (var (probability, isRight) in new[] { (0.0, false), (0.5, true), (0.6, true), (1.0, false), (0.8, true) }) calibration.Add(probability, isRight);
        // 0 and 0.5 are in the first bin, of which 1 of 2 is right at 0.25; in the second 2 of 3 at 0.8
        Assert.Equal((2 / 5.0 * (0.5 - 0.25)) + (3 / 5.0 * (0.8 - (2 / 3.0))), calibration.ExpectedError, 1e-12);
        var table = calibration.Table();
        Assert.Equal(["0..0.5", "0.5..1"], table.Rows.Select(row => row.Label));
        Assert.Equal([2, 0.25, 0.5], table.Rows[0].Values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    public void The_error_is_that_of_the_definition(int bins)
    {
        var random = new PortableRandom(11);
        var calibration = new Calibration(bins);
        (double Probability, bool IsRight)[] told = [.. Enumerable.Range(0, 300).Select(_ => (random.NextDouble(), random.NextBelow(3) > 0))];
        foreach (var (probability, isRight) in told) calibration.Add(probability, isRight);
        var expected = 0.0;
        for (var bin = 1; bin <= bins; bin++)
        {
            var members = told.Where(each => each.Probability > (bin - 1) / (double)bins && each.Probability <= bin / (double)bins).ToArray();
            if (members.Length == 0) continue;
            expected += members.Length / 300.0 * Math.Abs(members.Average(each => each.IsRight ? 1.0 : 0) - members.Average(each => each.Probability));
        }

        Assert.Equal(expected, calibration.ExpectedError, 1e-12);
    }

    [Fact]
    public void An_empty_bin_has_no_numbers_and_costs_nothing()
    {
        var calibration = new Calibration(bins: 2);
        calibration.Add(0.9, true);
        Assert.Equal(0.1, calibration.ExpectedError, 1e-12);
        Assert.Equal([0, double.NaN, double.NaN], calibration.Table().Rows[0].Values);
        Assert.True(double.IsNaN(new Calibration().ExpectedError));
    }
}
