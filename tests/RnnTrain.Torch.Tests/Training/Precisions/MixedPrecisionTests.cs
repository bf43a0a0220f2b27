using RnnTrain.Checkpoints;
using RnnTrain.Configuration;
using RnnTrain.Models;
using RnnTrain.Models.Outputs;
using RnnTrain.Tensors;
using RnnTrain.Tests.Cells;
using RnnTrain.Training;
using RnnTrain.Training.Optimizers;
using RnnTrain.Training.Precisions;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Training.Precisions;

public sealed class MixedPrecisionTests
{
    public static TheoryData<string, LayerPath> CellsAndPaths
    {
        get
        {
            var data = new TheoryData<string, LayerPath>();
            foreach (var cell in EveryCell.Variants.Keys)
            {
                foreach (var path in EveryCell.Paths(cell)) data.Add(cell, path);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(CellsAndPaths))]
    public void Every_cell_learns_in_bf16_on_the_CPU(string cell, LayerPath path)
    {
        using var tiny = new TinyExperiment(config => InBf16(config) with
        {
            Model = config.Model with { Cell = EveryCell.Variants[cell], Path = path, HiddenSize = 24 },
            Training = config.Training with { Epochs = 6, Optimizer = new AdamOptions { LearningRate = 0.02 } },
        });
        var losses = tiny.Train().OfType<ValidationDone>().Select(done => done.Loss).ToList();
        Assert.True(losses[^1] < 0.8 * losses[0], $"the validation loss went from {losses[0]} to {losses[^1]}");
        Assert.All(tiny.Task.Model.NamedParameters().Skip(1), named => Assert.Equal(ScalarType.BFloat16, named.Parameter.dtype));
        using var state = ((LanguageModel)tiny.Task.Model).NewState(1);
        Assert.Equal(ScalarType.BFloat16, state[0][0].Hidden.dtype);
    }

    public static TheoryData<OutputOptions> Outputs =>
    [
        new FullOutputOptions(),
        new AdaptiveOutputOptions { Cutoffs = [6, 12], DivValue = 2 },
        new SampledOutputOptions { Samples = 8 },
    ];

    [Fact]
    public void The_theory_below_visits_every_output_layer() =>
        Assert.Equal(
            OutputTable.Outputs.Entries.Select(entry => entry.Name).Order(),
            Outputs.Select(row => OutputTable.Outputs.NameOf(row.Data)).Order());

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Every_output_layer_learns_in_bf16_with_a_scaled_loss(OutputOptions output)
    {
        using var tiny = new TinyExperiment(config => InBf16(config) with
        {
            Model = config.Model with { HiddenSize = 24, Output = output },
            Training = config.Training with { Epochs = 6, Optimizer = new AdamOptions { LearningRate = 0.02 } },
        }, lossScale: new LossScaleState());
        var losses = tiny.Train().OfType<ValidationDone>().Select(done => done.Loss).ToList();
        Assert.True(losses[^1] < 0.8 * losses[0], $"the validation loss went from {losses[0]} to {losses[^1]}");
        Assert.Equal(0, tiny.State.Progress.LossScale!.SkippedSteps);
    }

    [Fact]
    public void The_model_computes_with_the_trained_weights_rounded()
    {
        using var tiny = new TinyExperiment(InBf16);
        tiny.Train();
        using var scope = NewDisposeScope();
        var pairs = tiny.State.Precision.Parameters.Zip(tiny.Task.Model.NamedParameters()).ToList();
        Assert.Equal(11, pairs.Count); // embedding, 2 layers of 4, output's weight and bias
        foreach (var (master, copy) in pairs)
        {
            Assert.Equal(copy.Name, master.Name);
            Assert.Equal(ScalarType.Float32, master.Parameter.dtype);
            Assert.True(master.Parameter.detach().to(copy.Parameter.dtype).Equals(copy.Parameter.detach()), $"{copy.Name} is not its master rounded");
            if (copy.Name == "embedding.weight") Assert.Same(master.Parameter, copy.Parameter);
            else Assert.False(master.Parameter.detach().to(ScalarType.BFloat16).to(ScalarType.Float32).Equals(master.Parameter.detach()), $"{copy.Name} has no more than 8 bits");
        }
    }

    [Theory]
    [InlineData(Precision.Fp32)]
    [InlineData(Precision.Tf32)]
    public void Where_the_model_computes_in_32_bits_it_is_its_own_master(Precision precision)
    {
        using var tiny = new TinyExperiment();
        using var mixed = MixedPrecision.Of(tiny.Task.Model, precision, CPU);
        Assert.All(mixed.Parameters.Zip(tiny.Task.Model.NamedParameters()), pair => Assert.Same(pair.First.Parameter, pair.Second.Parameter));
    }

    [Fact]
    public void A_tied_matrix_gets_the_gradients_of_both_its_uses_in_fp32()
    {
        using var tiny = new TinyExperiment(config => InBf16(config) with
        {
            Model = config.Model with { EmbeddingSize = 8, TieWeights = true, Dropout = new DropoutOptions() },
        });
        using var same = new TinyExperiment(config => tiny.Config with { Precision = Precision.Fp32 });
        using var scope = NewDisposeScope();
        foreach (var one in new[] { tiny, same }) one.Task.Step(one.Task.MakeBatch(1, 0), null).Objective.backward();
        var (low, full) = (Gradient(tiny), Gradient(same));
        Assert.Equal(ScalarType.Float32, low.dtype);
        Assert.True((low - full).norm().item<float>() < 0.03 * full.norm().item<float>(), "the gradient is another than in fp32");

        static Tensor Gradient(TinyExperiment of) => of.State.Precision.Parameters.Single(named => named.Name == "embedding.weight").Parameter.grad!;
    }

    [Fact]
    public void A_checkpoint_holds_fp32_weights_and_the_carried_state_as_it_was()
    {
        using var tiny = new TinyExperiment(config => InBf16(config) with { Training = config.Training with { MaximumSteps = 4 } });
        tiny.Train();
        var contents = TrainingCheckpoint.Of(tiny.State);
        Assert.All(contents.Model.Concat(contents.Optimizer).Where(named => named.Name != "step"), named => Assert.Equal(ScalarType.Float32, named.Tensor.dtype));
        Assert.NotEmpty(contents.Carried);
        Assert.All(contents.Carried, named => Assert.Equal(ScalarType.BFloat16, named.Tensor.dtype));
        using var fp32 = new TinyExperiment();
        Assert.Equal(TrainingCheckpoint.Of(fp32.State).Model.Select(named => named.Name), contents.Model.Select(named => named.Name));
    }

    [Theory]
    [Trait("Category", "Cuda")]
    [InlineData(Precision.Tf32)]
    [InlineData(Precision.Bf16)]
    [InlineData(Precision.Fp16)]
    public void Every_precision_learns_on_a_GPU_what_fp32_learns(Precision precision)
    {
        Assert.SkipUnless(cuda.is_available(), "this machine has no CUDA device");
        Assert.SkipWhen(DevicePrecision.WhyNot(precision, CUDA) is not null, $"this GPU: {DevicePrecision.WhyNot(precision, CUDA)}");
        double LossWith(Precision one)
        {
            DevicePrecision.Use(one, CUDA);
            using var tiny = new TinyExperiment(config => config with
            {
                Precision = one,
                Model = config.Model with { HiddenSize = 48, EmbeddingSize = 16, Dropout = new DropoutOptions() },
                Training = config.Training with { Epochs = 6, Optimizer = new AdamOptions { LearningRate = 0.01 } },
            }, device: CUDA)
            { DefersReading = true };
            return tiny.Train().OfType<ValidationDone>().Last().Loss;
        }

        var full = LossWith(Precision.Fp32);
        Assert.True(full < 1.5, $"fp32 reaches {full}");
        Assert.Equal(full, LossWith(precision), 0.1 * full);
    }

    private static ExperimentConfig InBf16(ExperimentConfig config) => config with { Precision = Precision.Bf16 };
}
