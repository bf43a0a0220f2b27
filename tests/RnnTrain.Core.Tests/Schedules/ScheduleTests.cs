using RnnTrain.Configuration;
using RnnTrain.Schedules;

namespace RnnTrain.Tests.Schedules;

public sealed class ScheduleTests
{
    private static double[] Factors(ISchedule schedule, int steps) =>
        [.. Enumerable.Range(0, steps).Select(step => schedule.Factor(new ScheduleMoment(step, steps, 1, steps)))];

    private static ScheduleMoment At(long step, int epoch = 1) => new(step, TotalSteps: 100, epoch, StepsPerEpoch: 10);

    [Fact]
    public void Without_options_the_learning_rate_is_constant() =>
        Assert.All(Enumerable.Range(0, 100), step => Assert.Equal(1, ScheduleTable.Create(null).Factor(At(step, 1 + step / 10))));

    [Fact]
    public void Decay_after_four_epochs_halves_from_the_fifth_on()
    {
        var schedule = ScheduleTable.Create(new DecayAfterOptions { Epoch = 4, Factor = 0.5 });
        var factors = Enumerable.Range(1, 7).Select(epoch => schedule.Factor(At(0, epoch)));
        Assert.Equal([1, 1, 1, 1, 0.5, 0.25, 0.125], factors);
    }

    [Fact]
    public void Cosine_warms_up_in_a_straight_line_and_ends_at_its_minimum()
    {
        var schedule = ScheduleTable.Create(new CosineOptions { WarmupSteps = 4, Minimum = 0.1 });
        Assert.Equal([0.25, 0.5, 0.75, 1, 1], Enumerable.Range(0, 5).Select(step => schedule.Factor(At(step))));
        Assert.Equal(0.1, schedule.Factor(At(99)), 12);
    }

    [Fact]
    public void Cosine_is_half_way_down_in_the_middle_and_never_rises()
    {
        var schedule = ScheduleTable.Create(new CosineOptions { WarmupSteps = 0, Minimum = 0 });
        var factors = Enumerable.Range(0, 101).Select(step => schedule.Factor(new ScheduleMoment(step, TotalSteps: 101, 1, 101))).ToList();
        Assert.Equal(0.5, factors[50], 12);
        Assert.All(factors.Zip(factors.Skip(1)), pair => Assert.True(pair.Second < pair.First));
    }

    [Fact]
    public void Cosine_holds_where_the_warm_up_takes_the_whole_run()
    {
        var schedule = ScheduleTable.Create(new CosineOptions { WarmupSteps = 100, Minimum = 0 });
        Assert.Equal(1, schedule.Factor(At(99)));
        Assert.Equal(1, schedule.Factor(At(100)));
    }

    [Fact]
    public void Steps_are_stairs_of_epochs()
    {
        var schedule = ScheduleTable.Create(new StepOptions { Epochs = 3, Factor = 0.5 });
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25], Enumerable.Range(1, 7).Select(epoch => schedule.Factor(At(0, epoch))));
    }

    [Fact]
    public void Exponential_multiplies_with_every_epoch()
    {
        var schedule = ScheduleTable.Create(new ExponentialOptions { Factor = 0.5 });
        Assert.Equal([1, 0.5, 0.25, 0.125], Enumerable.Range(1, 4).Select(epoch => schedule.Factor(At(7, epoch))));
    }

    [Fact]
    public void Linear_warms_up_and_falls_in_straight_lines()
    {
        var schedule = ScheduleTable.Create(new LinearOptions { WarmupSteps = 4, Minimum = 0.5 });
        Assert.Equal([0.25, 0.5, 0.75, 1, 1, 0.9, 0.8, 0.7, 0.6, 0.5], Factors(schedule, 10).Select(factor => Math.Round(factor, 12)));
    }

    [Fact]
    public void Inverse_square_root_peaks_at_the_end_of_the_warm_up()
    {
        var schedule = ScheduleTable.Create(new InverseSquareRootOptions { WarmupSteps = 4 });
        var expected = new[] { 0.25, 0.5, 0.75, 1, Math.Sqrt(0.8), Math.Sqrt(4 / 6.0), Math.Sqrt(4 / 7.0), Math.Sqrt(0.5) };
        Assert.Equal(expected, Factors(schedule, 8));
        Assert.Equal(0.5, schedule.Factor(At(15)));
    }

    /// <summary>torch.optim.lr_scheduler.OneCycleLR(SGD(lr=1), 1, total_steps, pct_start=…, div_factor=…, final_div_factor=…), PyTorch 1.13.1.</summary>
    [Fact]
    public void One_cycle_does_what_PyTorch_does()
    {
        double[] long20 =
        [
            0.04, 0.131671843, 0.371671843, 0.668328157, 0.908328157, 1, 0.987464006, 0.950484632, 0.890916178, 0.811745654,
            0.716943002, 0.611262022, 0.500002, 0.388741978, 0.283060998, 0.188258346, 0.109087822, 0.049519368, 0.0125399938, 4e-06,
        ];
        double[] short7 = [0.25, 0.509118627, 0.928381373, 0.951722323, 0.620978955, 0.208548722, 0.025];
        Assert.All(
            Factors(ScheduleTable.Create(new OneCycleOptions()), 20).Zip(long20), pair => Assert.Equal(pair.Second, pair.First, 9));
        Assert.All(
            Factors(ScheduleTable.Create(new OneCycleOptions { Rising = 0.5, Initial = 0.25, Final = 0.025 }), 7).Zip(short7),
            pair => Assert.Equal(pair.Second, pair.First, 9));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_cycle_of_hardly_any_steps_is_a_number(int steps) =>
        Assert.All(Factors(ScheduleTable.Create(new OneCycleOptions()), steps), factor => Assert.InRange(factor, 4e-6, 1));

    [Fact]
    public void Plateau_does_what_PyTorch_does()
    {
        // torch.optim.lr_scheduler.ReduceLROnPlateau(SGD(lr=1), factor=0.5, patience=2, threshold=0.01, min_lr=0.1), PyTorch 1.13.1
        double[] losses = [5, 4, 3.99, 3.97, 3.965, 3.5, 3.5, 3.6, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5, 2, 2, 2, 2, 2];
        double[] expected = [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125, 0.125, 0.125, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1];
        var schedule = new PlateauSchedule(new PlateauOptions { Factor = 0.5, Patience = 2, Threshold = 0.01, Minimum = 0.1 });

        var state = new PlateauState();
        var factors = new List<double>();
        foreach (var loss in losses)
        {
            state = schedule.After(state, loss);
            factors.Add(schedule.Factor(At(0) with { PlateauFactor = state.Factor }));
        }

        Assert.Equal(expected, factors);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Plateau_takes_a_loss_that_is_not_finite_for_a_bad_one(double loss)
    {
        var state = new PlateauSchedule(new PlateauOptions { Patience = 1 }).After(new PlateauState(), loss);
        Assert.Equal(new PlateauState(BestLoss: null, BadEvaluations: 1, Factor: 1), state);
    }

    [Fact]
    public void Every_schedule_of_the_table_is_a_pure_function_with_factors_from_0_to_1()
    {
        var options = new Dictionary<string, ScheduleOptions>
        {
            ["constant"] = new ConstantOptions(),
            ["decay_after"] = new DecayAfterOptions { Epoch = 2, Factor = 0.8 },
            ["cosine"] = new CosineOptions { WarmupSteps = 10, Minimum = 0.01 },
            ["plateau"] = new PlateauOptions(),
            ["step"] = new StepOptions { Epochs = 2, Factor = 0.5 },
            ["exponential"] = new ExponentialOptions { Factor = 0.9 },
            ["linear"] = new LinearOptions { WarmupSteps = 10, Minimum = 0.01 },
            ["one_cycle"] = new OneCycleOptions(),
            ["inverse_square_root"] = new InverseSquareRootOptions { WarmupSteps = 10 },
        };
        Assert.Equal(options.Keys.Order(), ScheduleTable.Schedules.Entries.Select(entry => entry.Name).Order());
        Assert.Equal(9, options.Count);
        foreach (var (name, option) in options)
        {
            Assert.Equal(name, ScheduleTable.Schedules.NameOf(option));
            var moments = Enumerable.Range(0, 100).Select(step => At(step, 1 + step / 10)).ToList();
            var forwards = moments.Select(ScheduleTable.Create(option).Factor).ToList();
            var backwards = moments.AsEnumerable().Reverse().Select(ScheduleTable.Create(option).Factor).Reverse();
            Assert.Equal(forwards, backwards);
            Assert.All(forwards, factor => Assert.InRange(factor, double.Epsilon, 1));
        }
    }
}
