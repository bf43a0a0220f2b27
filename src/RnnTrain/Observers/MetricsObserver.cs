using RnnTrain.Data;
using RnnTrain.Runs;
using RnnTrain.Training;

namespace RnnTrain.Observers;

/// <summary>Writes what is measured to the run's metrics.csv.</summary>
public sealed class MetricsObserver(MetricsFile metrics) : ITrainingObserver
{
    public void On(TrainingEvent happened)
    {
        if (happened is MetricsMeasured measured)
        {
            metrics.Append(measured.Values.Select(value => new MetricRow(measured.Step, measured.Epoch, measured.Split.Name(), value.Name, value.Value)));
        }
    }
}
