using System.Globalization;
using RnnTrain.Training;
using Spectre.Console;

namespace RnnTrain.Observers;

/// <summary>Live progress for a person at a terminal: epoch, step, loss, tokens a second, time left; each evaluation stays as a line.</summary>
public sealed class LiveObserver : ITrainingObserver
{
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(100);
    private readonly ProgressTask task;
    private readonly RunningRate sinceEvaluation = new();
    private readonly RunningRate recent = new();
    private TimeSpan lastDrawn;
    private TrainingStarted? started;

    private LiveObserver(ProgressTask task) => this.task = task;

    /// <summary>Shows progress while <paramref name="work"/> runs with the observer it is given.</summary>
    public static T Show<T>(Func<LiveObserver, T> work) => AnsiConsole.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context => work(new LiveObserver(context.AddTask("making ready", maxValue: 1))));

    public void On(TrainingEvent happened)
    {
        switch (happened)
        {
            case TrainingStarted start:
                started = start;
                sinceEvaluation.Unit = start.Unit;
                task.MaxValue = Math.Max(1, start.StepsTotal - start.Step);
                AnsiConsole.WriteLine(ProgressLine.Start(start));
                break;
            case StepDone step:
                sinceEvaluation.Add(step);
                recent.Add(step);
                Draw(step);
                break;
            case ValidationDone validation:
                AnsiConsole.WriteLine(ProgressLine.Validation(validation, sinceEvaluation));
                sinceEvaluation.Clear();
                break;
        }
    }

    private void Draw(StepDone step)
    {
        var now = TimeSpan.FromMilliseconds(Environment.TickCount64);
        if (now - lastDrawn < RedrawEvery) return;
        lastDrawn = now;
        task.Value = step.Step - started!.Step;
        task.Description = string.Create(CultureInfo.InvariantCulture,
            $"epoch {step.Epoch}/{started.Epochs}  step {step.Step:N0}  loss {recent.MeanLoss:F3}  {recent.TokensPerSecond:N0} {started.Unit}s/s");
        recent.Clear();
    }
}
