using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Models;
using RnnTrain.Training.Regularizers;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Training.Regularizers;

public sealed class WeightRegularizerTests
{
    private const double Share = 0.4;

    /// <summary>Float32 is masked in its memory, Float64 by tensor operations.</summary>
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void The_gradient_is_that_of_a_masked_weight_by_autograd(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var weight = Recurrent(type, 37, 29);
        var input = Formula.Double(0.3, 5, 29).to(type);
        var drop = new WeightDrop([weight], Share);
        manual_seed(3);
        drop.Before();
        var mask = weight.Parameter.detach().ne(0).to(type) / (1 - Share);
        Assert.InRange(Numbers.Of(weight.Parameter.detach().eq(0).to(float64).mean())[0], 0.35, 0.45);
        Loss(input, weight.Parameter).backward();
        drop.After();

        var plain = nn.Parameter(weight.Parameter.detach().clone());
        Loss(input, plain * mask).backward();
        Numbers.AreClose(plain.grad!, weight.Parameter.grad!, type == ScalarType.Float64 ? 1e-14 : 1e-6, "gradient");
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Weights_come_back_bit_for_bit_and_masks_are_a_function_of_the_seed(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var weight = Recurrent(type, 130, 260);
        var (bits, plain) = (Bits(weight.Parameter), weight.Parameter.detach().clone());
        List<byte[]> dropped = [];
        foreach (var seed in new[] { 3, 4, 3 })
        {
            foreach (var regularizer in new IWeightRegularizer[] { new WeightDrop([weight], Share), new WeightNoise([weight], 0.1) })
            {
                manual_seed(seed);
                regularizer.Before();
                dropped.Add(Bits(weight.Parameter));
                if (regularizer is WeightNoise) Assert.Equal(0.1, Numbers.Of((weight.Parameter - plain).to(float64).std())[0], 0.003);
                regularizer.After();
                Assert.Equal(bits, Bits(weight.Parameter));
            }
        }

        Assert.Equal(dropped[0], dropped[4]);
        Assert.Equal(dropped[1], dropped[5]);
        Assert.NotEqual(dropped[0], dropped[2]);
        Assert.NotEqual(dropped[1], dropped[3]);
    }

    /// <summary>No number is favoured by its place: rows and columns are dropped alike, and two matrices independently.</summary>
    [Fact]
    public void A_mask_drops_every_row_and_column_alike()
    {
        using var scope = NewDisposeScope();
        var (one, other) = (Recurrent(ScalarType.Float32, 1024, 1024), Recurrent(ScalarType.Float32, 1024, 1024));
        using (no_grad()) foreach (var weight in new[] { one, other }) weight.Parameter.fill_(1);
        manual_seed(3);
        new WeightDrop([one, other], 0.5).Before();
        var (left, right) = (one.Parameter.detach() - 1, other.Parameter.detach() - 1); // ±1
        var deviation = 1 / Math.Sqrt(1024);
        Assert.InRange(Numbers.Of(left.mean([0L]).abs().max())[0], 0, 5 * deviation);
        Assert.InRange(Numbers.Of(left.mean([1L]).abs().max())[0], 0, 5 * deviation);
        Assert.InRange(Math.Abs(Numbers.Of((left * right).mean())[0]), 0, 5.0 / 1024);
        Assert.InRange(Math.Abs(Numbers.Of((left.narrow(1, 1, 1023) * left.narrow(1, 0, 1023)).mean())[0]), 0, 5.0 / 1024);
    }

    /// <summary>Only the recurrent matrices are dropped, and the layers stay fused.</summary>
    [Fact]
    public void The_model_keeps_its_fast_path_and_its_other_weights()
    {
        using var scope = NewDisposeScope();
        using var model = new LanguageModel(Options(new LstmOptions()), 20, seed: 1);
        Assert.All(model.Layers, layer => Assert.Equal("fused", layer.Path));
        var before = model.NamedParameters().Select(named => Bits(named.Parameter)).ToList();
        var calls = OneDnnLayer.Calls;
        new WeightDrop(model.NamedParameters(), Share).Before();
        model.Forward(zeros([3, 2], int64), model.NewState(2));
        if (OneDnn.IsAvailable) Assert.Equal(calls + 2, OneDnnLayer.Calls);
        foreach (var (named, bits) in model.NamedParameters().Zip(before))
        {
            Assert.Equal(named.Name.Contains("weight_hh", StringComparison.Ordinal), !bits.SequenceEqual(Bits(named.Parameter)));
        }
    }

    [Fact]
    public void Noise_is_for_matrices_alone()
    {
        using var scope = NewDisposeScope();
        using var model = new LanguageModel(Options(new LstmOptions()), 20, seed: 1);
        var before = model.NamedParameters().Select(named => Bits(named.Parameter)).ToList();
        new WeightNoise(model.NamedParameters(), 0.1).Before();
        foreach (var (named, bits) in model.NamedParameters().Zip(before))
        {
            var isMatrix = named.Shape.Count == 2 && named.Role != ParameterRole.Embedding;
            Assert.Equal(isMatrix, !bits.SequenceEqual(Bits(named.Parameter)));
        }
    }

    [Fact]
    public void Weight_drop_is_refused_where_there_is_no_recurrent_matrix()
    {
        foreach (var entry in CellTable.Cells.Made)
        {
            var options = Options((CellOptions)Activator.CreateInstance(entry.OptionsType)!);
            using var plain = new LanguageModel(options with { Dropout = new DropoutOptions() }, 20, seed: 1);
            if (plain.NamedParameters().Any(named => named.Role == ParameterRole.RecurrentWeight)) continue;
            var mistake = Assert.Throws<UserMistakeException>(() => new LanguageModel(options, 20, seed: 1));
            Assert.Contains($"weight drop on {entry.Name}", mistake.Message, StringComparison.Ordinal);
        }
    }

    private static ModelOptions Options(CellOptions cell) =>
        new() { EmbeddingSize = 4, HiddenSize = 8, Layers = 2, Cell = cell, Dropout = new DropoutOptions { RecurrentWeights = Share } };

    private static NamedParameter Recurrent(ScalarType type, long rows, long columns) =>
        new("weight_hh", nn.Parameter(Formula.Double(0.7, rows, columns).to(type) + 2), ParameterRole.RecurrentWeight);

    private static Tensor Loss(Tensor input, Tensor weight) => nn.functional.linear(input, weight).tanh().sum();

    private static byte[] Bits(Tensor tensor) => tensor.detach().contiguous().bytes.ToArray();
}
