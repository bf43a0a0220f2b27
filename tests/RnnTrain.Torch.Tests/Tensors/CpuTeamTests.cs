using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tensors;

public sealed class CpuTeamTests
{
    [Theory]
    [InlineData(1)] // .NET's threads, or the BLAS's number of them
    [InlineData(2)] // OpenMP's
    [InlineData(4)]
    public void Every_unit_is_done_once_by_however_many_threads(int threads)
    {
        var before = get_num_threads();
        set_num_threads(threads);
        try
        {
            var counts = new Counts(1000);
            for (var run = 1; run <= 50; run++)
            {
                CpuTeam.Run(counts, 1000);
                Assert.All(counts.Of, count => Assert.Equal(run, count));
            }

            CpuTeam.Run(counts, 0);
            CpuTeam.Run(counts, 1);
            Assert.Equal(51, counts.Of[0]);
            Assert.Equal(50, counts.Of[1]);
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private sealed class Counts(int units) : ICpuJob
    {
        public int[] Of { get; } = new int[units];

        public void Do(int unit) => Interlocked.Increment(ref Of[unit]);
    }
}
