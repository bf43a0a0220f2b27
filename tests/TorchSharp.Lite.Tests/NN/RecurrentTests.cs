using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RnnTrain.Tests.NN;

public sealed class RecurrentTests
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, double[]>> Cases = Golden.Load("recurrent.json");

    public static TheoryData<string> Sequences => [.. Cases.Keys.Where(name => !name.EndsWith(" cell", StringComparison.Ordinal))];

    [Fact]
    public void There_is_a_case_for_every_combination() => Assert.Equal((48, 4), (Sequences.Count, Cases.Count - Sequences.Count));

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Outputs_and_gradients_are_those_of_PyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var expected = Cases[name];
        var words = name.Split(' ');
        var layers = long.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
        var (bidirectional, batchFirst) = (words.Contains("bidirectional"), words.Contains("batch_first"));
        var bias = !words.Contains("no_bias");
        var x = Golden.Leaf(batchFirst ? [2, 5, 3] : [5, 2, 3], 51); // [time, batch, features]
        var h0 = Golden.Leaf([layers * (bidirectional ? 2 : 1), 2, 4], 52); // [layers · directions, batch, hidden]
        var c0 = Golden.Leaf([layers * (bidirectional ? 2 : 1), 2, 4], 53); // [layers · directions, batch, hidden]
        using Module module = words[0] switch
        {
            "lstm" => LSTM(3, 4, layers, bias, batchFirst, bidirectional: bidirectional, dtype: ScalarType.Float64),
            "gru" => GRU(3, 4, layers, bias, batchFirst, bidirectional: bidirectional, dtype: ScalarType.Float64),
            "tanh" => RNN(3, 4, layers, NonLinearities.Tanh, bias, batchFirst, bidirectional: bidirectional, dtype: ScalarType.Float64),
            _ => RNN(3, 4, layers, NonLinearities.ReLU, bias, batchFirst, bidirectional: bidirectional, dtype: ScalarType.Float64),
        };
        Golden.FillParameters(module);

        Tensor output, h;
        Tensor? c = null;
        if (module is TorchSharp.Modules.LSTM lstm) (output, h, c) = lstm.call(x, (h0, c0));
        else if (module is TorchSharp.Modules.GRU gru) (output, h) = gru.call(x, h0);
        else (output, h) = ((TorchSharp.Modules.RNN)module).call(x, h0);
        var loss = Golden.Weighted(output, 61) + Golden.Weighted(h, 62);
        if (c is not null) loss += Golden.Weighted(c, 63);
        loss.backward();

        Golden.Close(expected["output"], output);
        Golden.Close(expected["h"], h);
        if (c is not null) Golden.Close(expected["c"], c);
        Golden.Close(expected["input_grad"], x.grad!);
        Golden.Close(expected["h0_grad"], h0.grad!);
        Golden.Close(expected["parameters"], Golden.Checksums(module));
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    [InlineData("tanh")]
    [InlineData("relu")]
    public void A_cell_is_that_of_PyTorch(string kind)
    {
        using var scope = NewDisposeScope();
        var expected = Cases[kind + " cell"];
        var (x, h0, c0) = (Golden.Leaf([2, 3], 51), Golden.Leaf([2, 4], 52), Golden.Leaf([2, 4], 53));
        using Module module = kind switch
        {
            "lstm" => LSTMCell(3, 4, dtype: ScalarType.Float64),
            "gru" => GRUCell(3, 4, dtype: ScalarType.Float64),
            "tanh" => RNNCell(3, 4, NonLinearities.Tanh, dtype: ScalarType.Float64),
            _ => RNNCell(3, 4, NonLinearities.ReLU, dtype: ScalarType.Float64),
        };
        Golden.FillParameters(module);
        Tensor output, loss;
        if (module is TorchSharp.Modules.LSTMCell cell)
        {
            var (h, c) = cell.call(x, (h0, c0));
            output = stack([h, c]); // [2, batch, hidden]
            loss = Golden.Weighted(h, 61) + Golden.Weighted(c, 62);
        }
        else
        {
            output = ((Module<Tensor, Tensor?, Tensor>)module).call(x, h0); // [batch, hidden]
            loss = Golden.Weighted(output, 61);
        }
        loss.backward();
        Golden.Close(expected["output"], output);
        Golden.Close(expected["input_grad"], x.grad!);
        Golden.Close(expected["parameters"], Golden.Checksums(module));
    }

    [Fact]
    public void No_state_is_a_state_of_zeros()
    {
        using var scope = NewDisposeScope();
        using var lstm = LSTM(3, 4, 2);
        using var gru = GRU(3, 4, 2);
        using var cell = LSTMCell(3, 4);
        var x = ones(5, 2, 3); // [time, batch, features]
        var zero = zeros(2, 2, 4); // [layers, batch, hidden]
        Assert.Equal(lstm.call(x, (zero, zero)).Item1, lstm.call(x).Item1);
        Assert.Equal(gru.call(x, zero).Item1, gru.call(x).Item1);
        Assert.Equal(cell.call(x[0], (zero[0], zero[0])).Item1, cell.call(x[0]).Item1);
    }

    [Fact]
    public void Weights_have_the_names_and_shapes_of_PyTorch()
    {
        using var lstm = LSTM(3, 4, 2, bidirectional: true);
        var shapes = lstm.named_parameters().Select(named => $"{named.name} {string.Join("x", named.parameter.shape)}");
        Assert.Equal(
            [
                "weight_ih_l0 16x3", "weight_hh_l0 16x4", "bias_ih_l0 16", "bias_hh_l0 16",
                "weight_ih_l0_reverse 16x3", "weight_hh_l0_reverse 16x4", "bias_ih_l0_reverse 16", "bias_hh_l0_reverse 16",
                "weight_ih_l1 16x8", "weight_hh_l1 16x4", "bias_ih_l1 16", "bias_hh_l1 16",
                "weight_ih_l1_reverse 16x8", "weight_hh_l1_reverse 16x4", "bias_ih_l1_reverse 16", "bias_hh_l1_reverse 16",
            ],
            shapes);
    }

    [Fact]
    public void Initial_weights_lie_within_one_over_the_root_of_hidden()
    {
        using var gru = GRU(30, 100);
        foreach (var parameter in gru.parameters())
        {
            Assert.InRange(parameter.abs().max().item<float>(), 0.095f, 0.1f);
            Assert.True(parameter.requires_grad);
        }
    }

    [Fact]
    public void Dropout_between_layers_acts_in_training_only()
    {
        using var scope = NewDisposeScope();
        using var lstm = LSTM(3, 4, 2, dropout: 0.5);
        var x = ones(5, 2, 3); // [time, batch, features]
        Assert.NotEqual(lstm.call(x).Item1, lstm.call(x).Item1);
        lstm.eval();
        Assert.Equal(lstm.call(x).Item1, lstm.call(x).Item1);
    }

    [Fact]
    public void Converted_weights_are_used()
    {
        using var scope = NewDisposeScope();
        using var gru = GRU(3, 4).to(ScalarType.Float64);
        gru.flatten_parameters();
        Assert.Equal(ScalarType.Float64, gru.call(ones([5, 2, 3], dtype: ScalarType.Float64)).Item1.dtype);
        Assert.All(gru.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
    }

    [Fact]
    public void A_shape_that_does_not_fit_is_an_error()
    {
        using var scope = NewDisposeScope();
        using var lstm = LSTM(3, 4);
        Assert.ThrowsAny<Exception>(() => lstm.call(ones(5, 2, 7)));
        Assert.ThrowsAny<Exception>(() => lstm.call(ones(5, 2, 3), (zeros(1, 2, 9), zeros(1, 2, 9))));
    }
}
