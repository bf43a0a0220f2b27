using RnnTrain.Checkpoints;
using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Formats;
using RnnTrain.Models;
using RnnTrain.NGrams;
using RnnTrain.Numerics;
using RnnTrain.Tasks;
using RnnTrain.Tests.Checkpoints;
using RnnTrain.Training;
using RnnTrain.Training.Optimizers;
using RnnTrain.Training.Precisions;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Training;

public sealed class CountingTrainerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnn-counting");
    private readonly ExperimentConfig config = TinyExperiment.Default with
    {
        Data = new DataOptions
        {
            Format = new PlainTextOptions(),
            Train = ["text.txt"],
            Split = new SplitOptions { Validation = 0.5 },
            Tokens = new CharacterOptions(),
            Batching = new StreamOptions { BatchSize = 4, Steps = 10 },
        },
        Model = new ModelOptions { Cell = new MarkovOptions { Order = 3 } },
    };

    private readonly TextCorpus corpus;

    public CountingTrainerTests()
    {
        var random = new PortableRandom(1);
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => (char)('a' + (random.NextBelow(3) * (1 + (i % 3))))));
        File.WriteAllText(Path.Combine(folder.FullName, "text.txt"), text);
        corpus = TextCorpus.Read(config.Data, folder.FullName);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private (NGramTask Task, TrainingState State) New()
    {
        var task = (NGramTask)TaskTable.Tasks.Create(config.Task, new TaskArguments(config, corpus, CPU));
        var optimizer = OptimizerTable.Optimizers.Create(config.Training.Optimizer, []);
        return (task, new TrainingState(task.Model, MixedPrecision.Of(task.Model, Precision.Fp32, CPU), optimizer));
    }

    private static (StopReason Reason, List<TrainingEvent> Told) Run(NGramTask task, TrainingState state, bool isCancelled = false)
    {
        var recorder = new Recorder();
        return (new CountingTrainer(task, [recorder]).Run(state, new CancellationToken(isCancelled)), recorder.Events);
    }

    private static double LossOf(List<TrainingEvent> told) => told.OfType<ValidationDone>().Single().Loss;

    [Fact]
    public void It_tells_what_a_training_loop_tells()
    {
        var (task, state) = New();
        using (task)
        using (state)
        {
            var (reason, told) = Run(task, state);
            Assert.Equal(StopReason.Finished, reason);
            Assert.Equal(
                [
                    typeof(TrainingStarted), typeof(StepDone), typeof(MetricsMeasured), typeof(MetricsMeasured), typeof(ValidationDone),
                    typeof(CheckpointDue), typeof(TrainingStopped),
                ],
                told.Select(one => one.GetType()));
            Assert.Equal((1, 1), (state.Progress.Step, state.Progress.BestStep));
        }
    }

    [Fact]
    public void Windows_of_the_evaluation_lose_no_context()
    {
        var (task, state) = New();
        using (task)
        using (state)
        {
            var loss = LossOf(Run(task, state).Told);
            var text = corpus.Validation!.Ids.ToArray(); // 10,000: three windows
            Assert.Equal(3, task.EvaluationBatches(Split.Validation));
            var reader = new NGramReader(((NGramModel)task.Model).Counted);
            reader.Read(text[0]);
            Assert.Equal(text.Skip(1).Average(token => -Math.Log(reader.Read(token))), loss, 1e-12);
        }
    }

    [Fact]
    public void Where_it_is_stopped_while_it_evaluates_it_goes_on_with_that()
    {
        var (task, state) = New();
        using (task)
        using (state)
        {
            var (reason, told) = Run(task, state, isCancelled: true);
            Assert.Equal(StopReason.Interrupted, reason);
            Assert.Contains(told, one => one is CheckpointDue);
            Assert.Null(state.Progress.BestLoss);

            var (again, more) = Run(task, state);
            Assert.Equal(StopReason.Finished, again);
            Assert.DoesNotContain(more, one => one is StepDone);
            Assert.Equal(LossOf(more), state.Progress.BestLoss);
        }
    }

    [Fact]
    public void A_checkpoint_brings_the_counts_back_and_keeps_no_tensor_alive()
    {
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        using var store = new TemporaryFolder();
        var checkpoints = new CheckpointStore(store["checkpoints"], keep: 1);
        var (task, state) = New();
        var loss = LossOf(Run(task, state).Told);
        checkpoints.Save(TrainingCheckpoint.Of(state));
        state.Dispose();
        task.Dispose();

        (task, state) = New();
        using (var saved = checkpoints.Load("last")) TrainingCheckpoint.Restore(saved, state, CPU);
        Assert.Equal(1, state.Progress.Step);
        Assert.Equal(loss, Evaluator.Run(task, Split.Validation, CancellationToken.None)![0].Value);
        state.Dispose();
        task.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Weights_that_lack_a_table_are_refused_by_its_name()
    {
        using var scope = NewDisposeScope();
        using var model = new NGramModel(new MarkovOptions { Order = 1 }, vocabulary: 3);
        var mistake = Assert.Throws<UserMistakeException>(() => model.LoadParameters(new Dictionary<string, Tensor> { ["n_grams.1.tokens"] = tensor(new[] { 0, 1 }) }));
        Assert.Equal(["the weights lack 'n_grams.1.counts'"], mistake.Lines);
    }

    private sealed class Recorder : ITrainingObserver
    {
        public List<TrainingEvent> Events { get; } = [];

        public void On(TrainingEvent happened) => Events.Add(happened);
    }
}
