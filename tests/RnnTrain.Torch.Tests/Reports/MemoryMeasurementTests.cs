using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Models.Initializations;
using RnnTrain.Reports;
using RnnTrain.Tests.Cells;
using RnnTrain.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Reports;

public sealed class MemoryMeasurementTests
{
    private static TinyExperiment Experiment(CellOptions cell, Func<ModelOptions, ModelOptions>? change = null)
    {
        return new(config =>
        {
            var model = config.Model with { Cell = cell, Layers = 1, Path = LayerPath.Unrolled };
            return config with { Model = change is null ? model : change(model) };
        });
    }

    private static MemoryDiagnosis Measure(TinyExperiment experiment, int batches = 1) =>
        MemoryMeasurement.Of(experiment.Task, Split.Train, batches, CancellationToken.None)!;

    /// <summary>Steps a cell by hand, and asks for the gradient of the last loss by each state.</summary>
    [Fact]
    public void The_norms_are_those_of_the_gradient_of_the_last_loss()
    {
        using var scope = NewDisposeScope();
        using var experiment = Experiment(new LstmOptions());
        var found = Measure(experiment).Layers.Single();
        var weights = experiment.Task.Model.NamedParameters().ToDictionary(named => named.Name, named => named.Parameter.detach().to(ScalarType.Float64));
        var batch = (TokenBatch)experiment.Task.MakeEvaluationBatch(Split.Train, 0);
        var (time, size) = (batch.Steps, batch.BatchSize);
        using var cell = new LstmCell(new LstmOptions(), new CellSizes(6, 8));
        cell.to(ScalarType.Float64);
        using (no_grad())
        {
            foreach (var parameter in cell.NamedParameters()) parameter.Parameter.copy_(weights[$"recurrent.{parameter.Name}_l0"]);
        }
        var norms = new double[time];
        var parts = new[] { new double[time], new double[time] };
        for (var example = 0; example < size; example++)
        {
            var state = new CellState(zeros(1, 8, ScalarType.Float64), zeros(1, 8, ScalarType.Float64));
            List<CellState> states = [];
            for (var t = 0; t < time; t++)
            {
                var x = weights["embedding.weight"][batch.Inputs[(t * size) + example]].view(1, 1, 6);
                (_, state) = cell.Step(cell.Project(x)[0], state);
                states.Add(state);
            }
            var logits = state.Hidden.matmul(weights["output.weight"].t()) + weights["output.bias"]; // [1, vocabulary]
            var loss = -logits.log_softmax(1)[0][batch.Targets[((time - 1) * size) + example]];
            var gradients = autograd.grad([loss], [.. states.SelectMany(each => new[] { each[0], each[1] })], allow_unused: true);
            for (var back = 0; back < time; back++)
            {
                var (h, c) = (Norm(gradients[2 * (time - 1 - back)]), Norm(gradients[(2 * (time - 1 - back)) + 1]));
                parts[0][back] += h / size;
                parts[1][back] += c / size;
                norms[back] += Math.Sqrt((h * h) + (c * c)) / size;
            }
        }
        Assert.Equal(time, found.GradientNorms.Count);
        Assert.Equal(["h", "c"], found.PartNorms.Select(part => part.Part));
        for (var back = 0; back < time; back++)
        {
            Assert.Equal(norms[back], found.GradientNorms[back], norms[back] * 1e-6);
            Assert.Equal(parts[0][back], found.PartNorms[0].Norms[back], parts[0][back] * 1e-6);
            Assert.Equal(parts[1][back], found.PartNorms[1].Norms[back], parts[1][back] * 1e-6);
        }
        Assert.Equal(size, Measure(experiment).Examples);
    }

    [Theory]
    [MemberData(nameof(EveryCell.Names), MemberType = typeof(EveryCell))]
    public void Every_cell_can_be_diagnosed_in_every_layer(string name)
    {
        using var experiment = Experiment(EveryCell.Variants[name], model => model with { Layers = 2, HiddenSize = 6 });
        var found = Measure(experiment, batches: 2);
        Assert.Equal(["layer 0", "layer 1"], found.Layers.Select(layer => layer.Name));
        foreach (var layer in found.Layers)
        {
            Assert.Equal(10, layer.GradientNorms.Count);
            if (layer.Layer > 0 && name.StartsWith("feed_forward", StringComparison.Ordinal))
            {
                Assert.Equal(0, layer.GradientNorms.Max()); // sees one step, remembers nothing
                continue;
            }
            Assert.True(layer.GradientNorms.Take(2).Max() > 0, $"{name}: no gradient arrives"); // a window remembers its input after it has put out
            Assert.All(layer.GradientNorms, norm => Assert.True(double.IsFinite(norm)));
            Assert.NotEmpty(layer.JacobianNorms);
            Assert.All(layer.Saturation, gate => Assert.InRange(gate.Share, 0, 1));
            Assert.NotEmpty(layer.Saturation);
            Assert.InRange(layer.DeadUnits, 0, 1);
        }
        Assert.Equal(8, found.Examples);
    }

    [Theory]
    [InlineData("lstm", "i", "f", "g", "o", "tanh c")]
    [InlineData("lstm coupled_gates=true", "f", "g", "o", "tanh c")]
    [InlineData("gru", "r", "z", "n")]
    [InlineData("elman", "h")]
    [InlineData("jordan", "h", "y")]
    [InlineData("multiplicative_lstm", "i", "f", "g", "o")]
    [InlineData("min_gru", "1 − z")]
    [InlineData("time_delay", "output")] // shows no gates
    public void Saturation_is_told_gate_by_gate(string name, params string[] gates)
    {
        using var experiment = Experiment(EveryCell.Variants[name]);
        Assert.Equal(gates, Measure(experiment).Layers[0].Saturation.Select(gate => gate.Gate));
    }

    [Fact]
    public void Gates_that_stand_open_or_shut_are_saturated()
    {
        using var experiment = Experiment(new GruOptions(), model => model with
        {
            Initialization = new OrthogonalInitializationOptions { ForgetGateBias = 20 },
        });
        var shares = Measure(experiment).Layers.Single().Saturation.ToDictionary(gate => gate.Gate, gate => gate.Share);
        Assert.Equal(1, shares["z"]);
        Assert.True(shares["r"] < 0.5);
    }

    [Fact]
    public void Measuring_leaves_neither_tensors_nor_gradients_behind()
    {
        using var experiment = Experiment(new LstmOptions());
        Measure(experiment);
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        Measure(experiment, batches: 3);
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
        Assert.All(experiment.Task.Model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void A_unit_that_never_changes_is_dead()
    {
        using var experiment = Experiment(new ElmanOptions());
        using (no_grad())
        {
            foreach (var named in experiment.Task.Model.NamedParameters().Where(named => named.Name.StartsWith("recurrent.", StringComparison.Ordinal)))
            {
                named.Parameter.narrow(0, 0, 2).zero_(); // two of eight units get nothing
            }
        }
        Assert.Equal(0.25, Measure(experiment).Layers.Single().DeadUnits);
    }

    private static double Norm(Tensor? gradient) => gradient is null ? 0 : gradient.square().sum().sqrt().ToDouble();
}
