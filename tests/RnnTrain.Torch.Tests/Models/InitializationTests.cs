using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Models.Initializations;
using RnnTrain.Tests.Cells;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models;

public sealed class InitializationTests
{
    private static readonly ModelOptions Options = LanguageModels.Options with { EmbeddingSize = 16, HiddenSize = 24 };

    private static readonly IReadOnlyDictionary<string, InitializationOptions> Every = new Dictionary<string, InitializationOptions>
    {
        ["pytorch"] = new PyTorchInitializationOptions(),
        ["pytorch with embedding_range"] = new PyTorchInitializationOptions { EmbeddingRange = 0.1 },
        ["uniform"] = new UniformInitializationOptions { Range = 0.1 },
        ["xavier"] = new XavierInitializationOptions(),
        ["orthogonal"] = new OrthogonalInitializationOptions(),
    };

    public static TheoryData<string> Names => [.. Every.Keys];

    [Fact]
    public void The_theories_over_every_initialization_find_all_of_them() => // `file` draws nothing, and has FileInitializationTests
        Assert.Equal(InitializationTable.Initializations.Entries.Select(entry => entry.OptionsType).ToHashSet(),
            Every.Values.Select(options => options.GetType()).Append(typeof(FileInitializationOptions)).ToHashSet());

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_depend_on_the_seed_and_not_on_the_path_or_the_generator_of_libtorch(string name)
    {
        var options = Options with { Initialization = Every[name] };
        manual_seed(1);
        var fused = Weights(options with { Path = LayerPath.Fused }, seed: 7);
        manual_seed(2);
        var unrolled = Weights(options with { Path = LayerPath.Unrolled }, seed: 7);
        var other = Weights(options, seed: 8);
        Assert.Equal(11, fused.Count);
        foreach (var (parameter, values) in fused)
        {
            Assert.Equal(values, unrolled[parameter]);
            if (values.Any(value => value != 0)) Assert.NotEqual(values, other[parameter]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_forget_gate_s_biases_add_up_to_what_is_asked(string name)
    {
        var weights = Weights(Options with { Initialization = Every[name] with { ForgetGateBias = 1.5 } });
        var without = Weights(Options with { Initialization = Every[name] });
        foreach (var layer in new[] { 0, 1 })
        {
            var sums = weights[$"recurrent.bias_ih_l{layer}"].Zip(weights[$"recurrent.bias_hh_l{layer}"], (left, right) => left + right).Chunk(24).ToList();
            var before = without[$"recurrent.bias_ih_l{layer}"].Zip(without[$"recurrent.bias_hh_l{layer}"], (left, right) => left + right).Chunk(24).ToList();
            Assert.All(sums[1], sum => Assert.Equal(1.5, sum));
            foreach (var gate in new[] { 0, 2, 3 }) Assert.Equal(before[gate], sums[gate]);
        }
    }

    [Theory]
    [InlineData(LayerPath.Fused)]
    [InlineData(LayerPath.Unrolled)]
    public void Of_a_GRU_it_is_the_update_gate_that_keeps_the_state(LayerPath path)
    {
        var weights = Weights(Options with { Cell = new GruOptions(), Path = path, Initialization = new OrthogonalInitializationOptions { ForgetGateBias = 1.5 } });
        foreach (var layer in new[] { 0, 1 })
        {
            var r = weights[$"recurrent.bias_ih_l{layer}"].Chunk(24).ToList();
            Assert.All(r[1], bias => Assert.Equal(1.5, bias));
            Assert.All(r[0].Concat(r[2]).Concat(weights[$"recurrent.bias_hh_l{layer}"]), bias => Assert.Equal(0, bias));
        }
    }

    [Fact]
    public void A_forget_gate_bias_is_refused_where_there_is_no_forget_gate()
    {
        var options = Options with { Cell = new ElmanOptions(), Initialization = new XavierInitializationOptions { ForgetGateBias = 1 } };
        Assert.Contains("no forget gate", Assert.Throws<UserMistakeException>(() => LanguageModels.New(options)).Message);
    }

    [Fact]
    public void Uniform_fills_the_whole_range_and_no_more()
    {
        foreach (var (name, values) in Weights(Options with { Initialization = new UniformInitializationOptions { Range = 0.1 } }))
        {
            Assert.All(values, value => Assert.InRange(value, -0.1f, 0.1f));
            Assert.True(values.Max() > 0.04 && values.Min() < -0.04, name);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_embedding_range_holds_for_what_is_as_wide_as_the_vocabulary_and_leaves_the_rest_alone(bool isTied)
    {
        var options = Options with { EmbeddingSize = 24, TieWeights = isTied };
        var weights = Weights(options with { Initialization = new PyTorchInitializationOptions { EmbeddingRange = 0.125 } });
        foreach (var matrix in isTied ? ["embedding.weight"] : new[] { "embedding.weight", "output.weight" })
        {
            Assert.InRange(weights[matrix].Max(), 0.12, 0.125);
            Assert.InRange(weights[matrix].Min(), -0.125, -0.12);
        }

        Assert.All(weights["output.bias"], bias => Assert.Equal(0, bias));
        Assert.Equal(Weights(options)["recurrent.weight_hh_l0"], weights["recurrent.weight_hh_l0"]);
    }

    [Fact]
    public void Absent_means_the_distributions_of_PyTorch()
    {
        var weights = Weights(Options);
        Assert.Equal(weights, Weights(Options with { Initialization = new PyTorchInitializationOptions() }));
        var recurrent = 1 / Math.Sqrt(24);
        foreach (var (name, values) in weights.Where(pair => pair.Key != "embedding.weight"))
        {
            Assert.All(values, value => Assert.InRange(value, -recurrent, recurrent));
            Assert.True(values.Max() > recurrent / 3, name);
        }

        var deviation = Math.Sqrt(weights["embedding.weight"].Average(value => value * value));
        Assert.InRange(deviation, 0.7, 1.3);
    }

    [Fact]
    public void Xavier_is_bounded_by_the_sizes_of_one_gate()
    {
        var weights = Weights(Options with { Initialization = new XavierInitializationOptions() });
        IsBounded("recurrent.weight_ih_l0", Math.Sqrt(6.0 / (16 + 24)));
        IsBounded("recurrent.weight_hh_l1", Math.Sqrt(6.0 / (24 + 24)));
        IsBounded("output.weight", Math.Sqrt(6.0 / (24 + LanguageModels.Vocabulary)));
        IsBounded("embedding.weight", Math.Sqrt(3.0 / 16));
        Assert.All(weights["recurrent.bias_ih_l0"], value => Assert.Equal(0, value));

        void IsBounded(string name, double limit)
        {
            Assert.All(weights[name], value => Assert.InRange(value, -limit * 1.0000001, limit * 1.0000001));
            Assert.True(weights[name].Max() > limit * 0.9, name);
        }
    }

    [Fact]
    public void Orthogonal_makes_each_gate_s_recurrent_matrix_orthogonal()
    {
        using var scope = NewDisposeScope();
        using var model = LanguageModels.New(Options with { Initialization = new OrthogonalInitializationOptions() });
        var blocks = 0;
        foreach (var parameter in model.NamedParameters().Where(parameter => parameter.Role == ParameterRole.RecurrentWeight))
        {
            foreach (var block in parameter.Parameter.detach().chunk(4, 0))
            {
                Numbers.AreClose(eye(24), block.matmul(block.t()), 1e-5, parameter.Name);
                blocks++;
            }
        }

        Assert.Equal(8, blocks);
    }

    public static TheoryData<string, string> InitializationsAndCells => [.. from name in Every.Keys from cell in EveryCell.Variants.Keys select (name, cell)];

    [Theory]
    [MemberData(nameof(InitializationsAndCells))]
    public void Gains_start_at_1_and_matrices_never_at_0(string name, string cell)
    {
        using var model = LanguageModels.New(Options with { Cell = EveryCell.Variants[cell], Initialization = Every[name] });
        foreach (var parameter in model.NamedParameters())
        {
            var values = Numbers.Of(parameter.Parameter);
            if (parameter.Role == ParameterRole.Gain) Assert.All(values, value => Assert.Equal(1, value));
            else if (parameter.Shape.Count == 2 || parameter.Role == ParameterRole.DiagonalWeight) Assert.DoesNotContain(0, values);
        }
    }

    [Fact]
    public void Orthogonal_makes_each_head_s_block_and_the_rows_of_a_projection_orthogonal()
    {
        using var scope = NewDisposeScope();
        var heads = Recurrent(new SlstmOptions { Heads = 3 }, ParameterRole.RecurrentWeight);
        Assert.Equal([96L, 8L], heads.shape);
        Assert.All(heads.chunk(12, 0), block => Numbers.AreClose(eye(8), block.matmul(block.t()), 1e-5, "block of a head"));
        var projection = Recurrent(new LstmOptions { Projection = 5 }, ParameterRole.ProjectionWeight);
        Numbers.AreClose(eye(5), projection.matmul(projection.t()), 1e-5, "projection");

        static Tensor Recurrent(CellOptions cell, ParameterRole role)
        {
            using var model = LanguageModels.New(Options with { Cell = cell, Initialization = new OrthogonalInitializationOptions() });
            return model.NamedParameters().First(parameter => parameter.Role == role).Parameter.detach().clone();
        }
    }

    [Theory]
    [InlineData("pytorch", 0, 1)]
    [InlineData("xavier", 0, 1)]
    [InlineData("orthogonal", 0, 1)]
    [InlineData("uniform", -0.1, 0.1)]
    public void A_diagonal_recurrent_weight_is_between_0_and_1_unless_the_initialisation_says_a_range(string name, double least, double most)
    {
        var weights = Weights(Options with { Cell = new IndRnnOptions(), Initialization = Every[name] })["recurrent.weight_hh_l0"];
        Assert.All(weights, value => Assert.InRange(value, least, most));
        Assert.True(weights.Max() - weights.Min() > (most - least) / 2);
    }

    [Fact]
    public void A_projection_starts_as_in_nn_LSTM_by_the_number_of_hidden_units()
    {
        var weights = Weights(Options with { Cell = new LstmOptions { Projection = 4 } })["recurrent.weight_hr_l0"];
        Assert.All(weights, value => Assert.InRange(value, -1 / Math.Sqrt(24), 1 / Math.Sqrt(24)));
    }

    private static Dictionary<string, double[]> Weights(ModelOptions options, long seed = 7)
    {
        using var model = LanguageModels.New(options, seed);
        return model.NamedParameters().ToDictionary(parameter => parameter.Name, parameter => Numbers.Of(parameter.Parameter));
    }
}
