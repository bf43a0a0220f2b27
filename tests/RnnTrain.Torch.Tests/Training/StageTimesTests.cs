using RnnTrain.Tasks;
using RnnTrain.Training;

namespace RnnTrain.Tests.Training;

public sealed class StageTimesTests
{
    [Fact]
    public void The_stages_of_all_steps_add_up_to_the_time_of_the_steps()
    {
        using var tiny = new TinyExperiment();
        var times = new StageTimes(TorchSharp.torch.CPU);
        var steps = tiny.Train(stages: times).OfType<StepDone>().ToList();
        Assert.Equal(steps.Count, times.Steps);
        Assert.All(Enum.GetValues<Stage>(), stage => Assert.True(times.Seconds(stage) > 0, $"{stage} took no time"));
        Assert.Equal(steps.Sum(step => step.DataWaitSeconds), times.Seconds(Stage.Data), 0.02); // seconds
        var sum = Enum.GetValues<Stage>().Sum(times.Seconds);
        Assert.InRange(sum, 0, steps.Sum(step => step.Seconds) * 1.01);

        times.Clear();
        Assert.Equal(0, times.Steps);
        Assert.All(Enum.GetValues<Stage>(), stage => Assert.Equal(0, times.Seconds(stage)));
    }
}
