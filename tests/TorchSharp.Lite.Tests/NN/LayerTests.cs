using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RnnTrain.Tests.NN;

public sealed class LayerTests
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, double[]>> Cases = Golden.Load("layers.json");

    private static readonly Dictionary<string, (Func<Module<Tensor, Tensor>> Make, long[] Shape)> Layers = new()
    {
        ["linear"] = (() => Linear(3, 4, dtype: F64), [2, 5, 3]),
        ["linear no_bias"] = (() => Linear(3, 4, false, dtype: F64), [2, 3]),
        ["embedding"] = (() => Embedding(5, 3, dtype: F64), []),
        ["embedding padding"] = (() => Embedding(5, 3, 1, dtype: F64), []),
        ["embedding padding from the end"] = (() => Embedding(5, 3, -1, dtype: F64), []),
        ["embedding max_norm"] = (() => Embedding(5, 3, max_norm: 0.4, dtype: F64), []),
        ["embedding scaled"] = (() => Embedding(5, 3, scale_grad_by_freq: true, dtype: F64), []),
        ["layer_norm"] = (() => LayerNorm(4, dtype: F64), [2, 3, 4]),
        ["layer_norm two axes"] = (() => LayerNorm([3, 4], 0.1, dtype: F64), [2, 3, 4]),
        ["layer_norm plain"] = (() => LayerNorm(4, elementwise_affine: false, dtype: F64), [2, 3, 4]),
        ["conv1d"] = (() => Conv1d(4, 6, 3, 2, 1, 2, groups: 2, dtype: F64), [2, 4, 9]),
        ["conv1d same"] = (() => Conv1d(4, 6, 4, Padding.Same, dtype: F64), [2, 4, 9]),
        ["conv1d circular"] = (() => Conv1d(4, 6, 3, padding: 2, padding_mode: PaddingModes.Circular, dtype: F64), [2, 4, 9]),
        ["conv1d replicate"] =
            (() => Conv1d(4, 6, 3, padding: 2, padding_mode: PaddingModes.Replicate, bias: false, dtype: F64), [2, 4, 9]),
        ["conv2d"] = (() => Conv2d(2, 3, (3, 2), (2, 1), (1, 0), dtype: F64), [2, 2, 5, 4]),
        ["conv2d same"] = (() => Conv2d(2, 3, 3, Padding.Same, dtype: F64), [1, 2, 4, 4]),
        ["conv2d reflect"] = (() => Conv2d(2, 3, 3, padding: 1, padding_mode: PaddingModes.Reflect, dtype: F64), [1, 2, 4, 4]),
        ["max_pool1d"] = (() => MaxPool1d(3, 2, 1), [2, 3, 8]),
        ["max_pool2d"] = (() => MaxPool2d(2), [2, 3, 4, 6]),
        ["avg_pool1d"] = (() => AvgPool1d(3, 2, 1, count_include_pad: false), [2, 3, 8]),
        ["adaptive_avg_pool1d"] = (() => AdaptiveAvgPool1d(3), [2, 3, 8]),
        ["adaptive_avg_pool2d"] = (() => AdaptiveAvgPool2d([2, 3]), [1, 2, 5, 7]),
        ["relu"] = (() => ReLU(), [3, 4]),
        ["tanh"] = (() => Tanh(), [3, 4]),
        ["sigmoid"] = (() => Sigmoid(), [3, 4]),
        ["silu"] = (() => SiLU(), [3, 4]),
        ["gelu"] = (() => GELU(), [3, 4]),
        ["gelu tanh"] = (() => GELU(TorchSharp.Modules.GELU.Approximate.tanh), [3, 4]),
        ["elu"] = (() => ELU(0.7), [3, 4]),
        ["leaky_relu"] = (() => LeakyReLU(0.2), [3, 4]),
        ["hardtanh"] = (() => Hardtanh(-0.5, 0.6), [3, 4]),
        ["softplus"] = (() => Softplus(2, 1), [3, 4]),
        ["softmax"] = (() => Softmax(1), [3, 4]),
        ["log_softmax"] = (() => LogSoftmax(0), [3, 4]),
        ["flatten"] = (() => Flatten(), [3, 4]),
    };

    public static TheoryData<string> Names => [.. Layers.Keys];

    private static ScalarType F64 => ScalarType.Float64;

    [Fact]
    public void Every_case_is_visited() =>
        Assert.Equal(Cases.Keys.Where(name => !name.StartsWith("batch_norm", StringComparison.Ordinal)).Order(), Layers.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_and_its_gradients_are_those_of_PyTorch(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = Layers[name].Make();
        Golden.FillParameters(layer);
        var x = Layers[name].Shape is { Length: > 0 } shape
            ? Golden.Leaf(shape, 51, shape.Length == 2 && shape[0] == 3 ? 2 : 1)
            : tensor([1L, 2, 0, 4, 1, 1]).reshape(2, 3);
        var output = layer.call(x);
        Golden.Weighted(output, 61).backward();
        Golden.Close(Cases[name]["output"], output);
        if (x.requires_grad) Golden.Close(Cases[name]["grad"], x.grad!);
        Golden.Close(Cases[name]["parameters"], Golden.Checksums(layer));
    }

    [Theory]
    [InlineData("batch_norm1d", 4, 3)]
    [InlineData("batch_norm1d time", 4, 3, 5)]
    [InlineData("batch_norm2d", 2, 3, 4, 5)]
    public void Batch_normalisation_is_that_of_PyTorch(string name, params int[] sizes)
    {
        using var scope = NewDisposeScope();
        var shape = Array.ConvertAll(sizes, size => (long)size);
        using Module<Tensor, Tensor> norm = shape.Length == 4
            ? BatchNorm2d(3, momentum: 0.3, dtype: F64)
            : BatchNorm1d(3, momentum: 0.3, dtype: F64);
        Golden.FillParameters(norm);
        foreach (var (mode, seed) in new[] { ("training", 51), ("evaluation", 54) })
        {
            var expected = Cases[$"{name} {mode}"];
            norm.train(mode == "training");
            norm.zero_grad();
            var x = Golden.Leaf(shape, seed);
            var output = norm.call(x);
            Golden.Weighted(output, 61).backward();
            Golden.Close(expected["output"], output);
            Golden.Close(expected["grad"], x.grad!);
            Golden.Close(expected["parameters"], Golden.Checksums(norm));
            if (mode != "training") continue;
            Golden.Close(expected["mean"], norm.get_buffer("running_mean")!);
            Golden.Close(expected["variance"], norm.get_buffer("running_var")!);
        }
        Assert.Equal(1, norm.get_buffer("num_batches_tracked")!.item<long>());
    }

    [Fact]
    public void The_row_of_padding_is_zero_and_stays_so()
    {
        using var scope = NewDisposeScope();
        using var embedding = Embedding(5, 3, 1);
        embedding.call(tensor([1L, 2, 1])).sum().backward();
        Assert.Equal(0, embedding.weight!.detach()[1].abs().sum().item<float>());
        Assert.Equal([0f, 0, 1, 0, 0], embedding.weight!.grad!.select(1, 0).data<float>().ToArray());
    }

    [Fact]
    public void A_frozen_embedding_copies_its_table()
    {
        using var scope = NewDisposeScope();
        var table = arange(6, dtype: ScalarType.Float32).reshape(3, 2); // [symbols, features]
        using var embedding = Embedding_from_pretrained(table);
        table.zero_();
        Assert.Equal([2f, 3], embedding.call(tensor([1L])).data<float>().ToArray());
        Assert.False(embedding.weight!.requires_grad);
    }

    [Fact]
    public void Dropout_keeps_the_mean_in_training_and_the_input_in_evaluation()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var dropout = Dropout(0.25);
        var x = ones(100_000);
        var dropped = dropout.call(x);
        Assert.InRange(dropped.mean().item<float>(), 0.99f, 1.01f);
        Assert.Equal(4f / 3, dropped.max().item<float>(), 1e-6f);
        Assert.InRange((dropped == 0).to(ScalarType.Float32).mean().item<float>(), 0.24f, 0.26f);
        dropout.eval();
        Assert.Equal(x, dropout.call(x));
    }

    [Fact]
    public void An_activation_in_place_changes_its_input()
    {
        using var scope = NewDisposeScope();
        var x = tensor([-1f, 2f]);
        using var relu = ReLU(inplace: true);
        Assert.Equal([0f, 2], relu.call(x).data<float>().ToArray());
        Assert.Equal([0f, 2], x.data<float>().ToArray());
    }

    [Fact]
    public void A_maximum_says_where_it_was()
    {
        using var scope = NewDisposeScope();
        using var pool = MaxPool1d(2);
        var (values, indices) = pool.forward_with_indices(tensor([1f, 3, 7, 5]).reshape(1, 1, 4));
        Assert.Equal([3f, 7], values.data<float>().ToArray());
        Assert.Equal([1L, 2], indices.data<long>().ToArray());
    }
}
