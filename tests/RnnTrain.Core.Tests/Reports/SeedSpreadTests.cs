using RnnTrain.Reports;

namespace RnnTrain.Tests.Reports;

public sealed class SeedSpreadTests
{
    [Fact]
    public void Mean_and_deviation_of_a_sample()
    {
        var spread = SeedSpread.Of([2, 4, 4, 4, 5, 5, 7, 9]);
        Assert.Equal((8, 5.0), (spread.Count, spread.Mean));
        Assert.Equal(2.13808993529939, spread.Deviation, 1e-12);
    }

    [Fact]
    public void A_single_run_has_no_deviation()
    {
        Assert.True(double.IsNaN(SeedSpread.Of([3]).Deviation));
        Assert.Throws<ArgumentException>(() => SeedSpread.Of([]));
    }
}
