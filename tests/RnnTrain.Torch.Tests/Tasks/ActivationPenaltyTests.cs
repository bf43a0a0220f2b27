using RnnTrain.Configuration;
using RnnTrain.Models;
using RnnTrain.Tasks;
using RnnTrain.Training.Optimizers;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tasks;

public sealed class ActivationPenaltyTests
{
    private static readonly TrainingOptions Training = new() { Epochs = 1, Optimizer = new SgdOptions { LearningRate = 1 } };

    [Theory]
    [InlineData(2, 0)]
    [InlineData(0, 3)]
    [InlineData(2, 3)]
    public void It_is_the_published_sum_number_by_number(double alpha, double beta)
    {
        using var scope = NewDisposeScope();
        var (output, undropped) = (Formula.Double(0.2, 4, 3, 5), Formula.Double(0.9, 4, 3, 5));
        var (h, raw) = (Numbers.Of(output), Numbers.Of(undropped));
        var expected = alpha * h.Average(value => value * value);
        double changes = 0;
        for (var i = 15; i < raw.Length; i++) changes += Math.Pow(raw[i] - raw[i - 15], 2); // one step later
        expected += beta * changes / 45;
        var training = Training with { ActivationRegularization = alpha, TemporalActivationRegularization = beta };
        Assert.Equal(expected, ActivationPenalty.Of(training, new EncodedSequence(output, undropped, null!))!.item<double>(), 12);
    }

    [Fact]
    public void Without_factors_or_without_a_change_there_is_none()
    {
        using var scope = NewDisposeScope();
        var one = new EncodedSequence(ones(1, 2, 3), ones(1, 2, 3), null!);
        Assert.Null(ActivationPenalty.Of(Training, one));
        Assert.Null(ActivationPenalty.Of(Training with { TemporalActivationRegularization = 1 }, one));
    }
}
