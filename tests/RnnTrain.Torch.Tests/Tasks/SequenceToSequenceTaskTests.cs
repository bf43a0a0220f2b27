using RnnTrain.Configuration;
using RnnTrain.Data;
using RnnTrain.Data.Batching;
using RnnTrain.Data.Encoding;
using RnnTrain.Models;
using RnnTrain.Schedules;
using RnnTrain.Tasks;
using RnnTrain.Tensors;
using RnnTrain.Tests.Models;
using RnnTrain.Tests.Training;
using RnnTrain.Training;
using RnnTrain.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tasks;

public sealed class SequenceToSequenceTaskTests
{
    [Theory]
    [InlineData("general", false)]
    [InlineData("additive", false)]
    [InlineData("dot", true)]
    public void Training_learns_to_write_sequences_backwards(string attention, bool feeds)
    {
        using var tiny = new TinyExperiment(config => Change(config) with
        {
            Model = config.Model with
            {
                EmbeddingSize = 16,
                HiddenSize = 16,
                Layers = 1,
                Bidirectional = true,
                Dropout = new DropoutOptions(),
                Decoder = new DecoderOptions { Attention = EncoderDecoders.Attention(attention), InputFeeding = feeds },
            },
            Training = config.Training with { Epochs = 40, Optimizer = new AdamOptions { LearningRate = 0.02 } },
        });
        var values = tiny.Train().OfType<MetricsMeasured>().Last(measured => measured.Split == Split.Validation).Values;
        Assert.Equal(["loss", "perplexity", "accuracy"], values.Select(value => value.Name).Intersect(["loss", "perplexity", "accuracy"]));
        Assert.True(values.Single(value => value.Name == "accuracy").Value > 0.97, string.Join(", ", values));
    }

    [Fact]
    public void Metrics_are_counted_as_one_counts_by_hand()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var tiny = new TinyExperiment(Change);
        var model = (EncoderDecoder)tiny.Task.Model;
        model.eval();
        var (loss, correct, count) = (0.0, 0, 0);
        for (var index = 0; index < tiny.Task.EvaluationBatches(Split.Test); index++)
        {
            var batch = (ExampleBatch)tiny.Task.MakeEvaluationBatch(Split.Test, index);
            for (var example = 0; example < batch.BatchSize; example++)
            {
                long[] read = [.. Enumerable.Range(0, (int)batch.Lengths[example]).Select(time => batch.Tokens[time * batch.BatchSize + example])];
                long[] written = [.. Enumerable.Range(0, (int)batch.Target!.Lengths[example]).Select(time => batch.Target.Tokens[time * batch.BatchSize + example]), model.Symbols.End];
                var state = model.Encode(tensor(read, [read.Length, 1]), new Lengths([read.Length], read.Length, CPU));
                var last = (long)model.Symbols.Begin;
                foreach (var symbol in written)
                {
                    var (logProbabilities, next, _) = model.Step(tensor([last]), state); // [1, symbols]
                    loss -= logProbabilities[0, symbol].ToDouble();
                    if (logProbabilities.argmax(1).item<long>() == symbol) correct++;
                    count++;
                    (state, last) = (next, symbol);
                }
            }
        }

        var metrics = Evaluator.Run(tiny.Task, Split.Test, default)!;
        Assert.Equal(loss / count, metrics.Single(value => value.Name == "loss").Value, 1e-5);
        Assert.Equal(Math.Exp(loss / count), metrics.Single(value => value.Name == "perplexity").Value, 1e-3);
        Assert.Equal(correct / (double)count, metrics.Single(value => value.Name == "accuracy").Value, 1e-12);
    }

    [Fact]
    public void A_batch_in_parts_has_the_gradient_of_the_whole()
    {
        using var scope = NewDisposeScope();
        using var tiny = new TinyExperiment(config => Change(config with { Model = config.Model with { Dropout = new DropoutOptions() } }));
        var batch = (ExampleBatch)tiny.Task.MakeBatch(1, 0);
        var whole = GradientOf(parts: 1);
        Numbers.AreClose(whole, GradientOf(parts: 3), 1e-5, "gradient");

        Tensor GradientOf(int parts)
        {
            foreach (var named in tiny.Task.Model.NamedParameters()) named.Parameter.grad = null;
            new Backpropagation(tiny.Task, parts, stages: null).Run(batch, null, null);
            return cat(tiny.Task.Model.NamedParameters().Select(named => named.Parameter.grad!.clone().flatten()).ToList());
        }
    }

    [Fact]
    public void The_share_of_own_symbols_rises_as_the_schedule_falls()
    {
        var training = TinyExperiment.Default.Training with { Epochs = 3, ScheduledSampling = new ScheduledSamplingOptions { Share = 0.4 } };
        var sampling = new ScheduledSampling(training, stepsPerEpoch: 5);
        Assert.Equal(0, sampling.OwnShare(1, 0));
        Assert.Equal(0.4 * 7 / 14, sampling.OwnShare(2, 2), 1e-12);
        Assert.Equal(0.4, sampling.OwnShare(3, 4), 1e-12);
        var halved = new ScheduledSampling(training with { ScheduledSampling = new ScheduledSamplingOptions { Share = 0.4, Schedule = new ExponentialOptions { Factor = 0.5 } } }, 5);
        Assert.Equal(0.4 * 0.75, halved.OwnShare(3, 0), 1e-12);
    }

    [Fact]
    public void Training_batches_carry_that_share_and_evaluation_batches_none()
    {
        using var tiny = new TinyExperiment(config => Change(config) with
        {
            Training = config.Training with { ScheduledSampling = new ScheduledSamplingOptions { Share = 1 } },
        });
        var last = (ExampleBatch)tiny.Task.MakeBatch(2, tiny.Task.BatchesIn(2) - 1);
        Assert.Equal(1, last.OwnShare);
        Assert.Equal(1, last.Part(0, 2).OwnShare);
        Assert.Equal(0, ((ExampleBatch)tiny.Task.MakeEvaluationBatch(Split.Test, 0)).OwnShare);
    }

    [Fact]
    public void A_decoder_batch_reads_each_symbol_after_the_one_before_and_scores_the_end()
    {
        using var scope = NewDisposeScope();
        var batch = new DecoderBatch(PaddedTokens.Of([[3, 1], [2], []]), new WrittenSymbols(5), CPU);
        Assert.Equal([5L, 5, 5, 3, 2, 0, 1, 0, 0], batch.Input.data<long>().ToArray());
        Assert.Equal([3L, 2, 1], batch.Lengths.Values);
        Assert.Equal([3L, 2, 6, 1, 6, 6], batch.Targets.data<long>().ToArray()[..6]);
        Assert.Equal([0L, 1, 2, 3, 4, 6], batch.Rows.data<long>().ToArray()[..6]);
        Assert.Equal([0L, 3, 6, 1, 4, 2], batch.RowsBySequence.data<long>().ToArray()[..6]);
        Assert.All(batch.Targets.data<long>().ToArray()[6..], target => Assert.Equal(TokenBatch.Ignored, target));
    }

    private static ExperimentConfig Change(ExperimentConfig config) => TinyExamples.Change(config, "sequence_to_sequence");
}
