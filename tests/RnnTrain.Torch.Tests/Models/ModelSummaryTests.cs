using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Models;
using RnnTrain.Tests.Cells;
using RnnTrain.Tests.Models.Outputs;

namespace RnnTrain.Tests.Models;

public sealed class ModelSummaryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parameters_are_those_of_the_model(bool tied)
    {
        var options = LanguageModels.Options with { EmbeddingSize = 3, TieWeights = tied };
        var summary = ModelSummary.Of(options, LanguageModels.Vocabulary);
        using var model = LanguageModels.New(options);
        Assert.Equal(model.NamedParameters().Select(parameter => parameter.Name), summary.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(model.NamedParameters().Select(parameter => parameter.Shape), summary.Parameters.Select(parameter => parameter.Shape));
        Assert.Equal(model.NamedParameters().Sum(parameter => parameter.Parameter.numel()), summary.ParameterCount);
        Assert.Equal(model.Layers, summary.Layers);
    }

    [Theory]
    [MemberData(nameof(EveryOutput.Names), MemberType = typeof(EveryOutput))]
    public void So_they_are_with_every_output_layer(string output)
    {
        var options = LanguageModels.Options with { HiddenSize = 6, Output = EveryOutput.Variants[output] };
        var summary = ModelSummary.Of(options, 10);
        using var model = new LanguageModel(options, 10, seed: 1);
        Assert.Equal(model.NamedParameters().Select(parameter => parameter.Name), summary.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(model.NamedParameters().Select(parameter => parameter.Shape), summary.Parameters.Select(parameter => parameter.Shape));
        Assert.Equal(model.parameters().Count(), summary.Parameters.Count);
    }

    [Theory]
    [MemberData(nameof(EveryCell.Names), MemberType = typeof(EveryCell))]
    public void So_they_are_with_every_cell(string cell)
    {
        var options = LanguageModels.Options with { HiddenSize = 6, Cell = EveryCell.Variants[cell] };
        var summary = ModelSummary.Of(options, 10);
        using var model = new LanguageModel(options, 10, seed: 1);
        Assert.Equal(
            model.NamedParameters().Select(parameter => (parameter.Name, string.Join(' ', parameter.Shape))),
            summary.Parameters.Select(parameter => (parameter.Name, string.Join(' ', parameter.Shape))));
        var matrices = model.NamedParameters().Where(parameter => parameter.Shape.Count == 2 && parameter.Role != ParameterRole.Embedding);
        Assert.Equal(matrices.Sum(parameter => parameter.Parameter.numel()), summary.MultiplyAddsPerToken);
    }

    [Fact]
    public void The_memory_of_a_matrix_memory_is_in_the_estimate()
    {
        var one = ModelSummary.Of(LanguageModels.Options with { HiddenSize = 64, Cell = new MlstmOptions { Heads = 1 } }, 10);
        var four = ModelSummary.Of(LanguageModels.Options with { HiddenSize = 64, Cell = new MlstmOptions { Heads = 4 } }, 10);
        Assert.InRange(one.ActivationsPerToken - four.ActivationsPerToken, 2 * 64 * 64 * 0.7, 2 * 64 * 64);
    }

    /// <summary>The 2 × 200 model of Zaremba et al. (2014).</summary>
    [Fact]
    public void A_published_model_has_the_published_size()
    {
        var options = new ModelOptions { EmbeddingSize = 200, Cell = new LstmOptions(), HiddenSize = 200, Layers = 2 };
        var summary = ModelSummary.Of(options, 10_000);
        Assert.Equal(2_000_000 + (2 * ((800 * 400) + 1600)) + 2_010_000, summary.ParameterCount);
        Assert.Equal((2 * 800 * 400) + 2_000_000, summary.MultiplyAddsPerToken);
        Assert.Equal(6 * 2_640_000, summary.TrainingOperationsPerToken);
        var memory = summary.Memory(batch: 20, steps: 20, optimizerBuffers: 2);
        Assert.Equal(4 * summary.ParameterCount, memory.Parameters);
        Assert.Equal(2 * memory.Parameters, memory.OptimizerState);
        Assert.Equal(4 * 400 * (200 + (2 * ((2 * 800) + (3 * 200))) + 200), memory.Activations);
        Assert.Equal(memory.Parameters + memory.Gradients + memory.OptimizerState + memory.Activations, memory.Total);
    }

    [Fact]
    public void In_a_short_type_weights_have_copies_and_activations_take_half_the_memory()
    {
        var summary = ModelSummary.Of(new ModelOptions { EmbeddingSize = 200, Cell = new LstmOptions(), HiddenSize = 200, Layers = 2 }, 10_000);
        var (full, half) = (summary.Memory(20, 20, 2), summary.Memory(20, 20, 2, Precision.Bf16));
        Assert.Equal(full, summary.Memory(20, 20, 2, Precision.Tf32));
        Assert.Equal(half, summary.Memory(20, 20, 2, Precision.Fp16));
        Assert.Equal(full.Parameters + (2 * (summary.ParameterCount - 2_000_000)), half.Parameters); // the embedding has no copy
        Assert.Equal(half.Parameters, half.Gradients);
        Assert.Equal(full.OptimizerState, half.OptimizerState);
        Assert.Equal(full.Activations, 2 * half.Activations); // softmax and loss are in fp32, but nothing of them is kept
    }

    [Fact]
    public void What_makes_no_language_model_is_refused() =>
        Assert.Throws<UserMistakeException>(() => ModelSummary.Of(LanguageModels.Options with { Bidirectional = true }, 10));
}
