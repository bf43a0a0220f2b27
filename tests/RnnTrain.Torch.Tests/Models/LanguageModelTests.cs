using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Models;
using RnnTrain.Models.Outputs;
using RnnTrain.Tests.Cells;
using RnnTrain.Tests.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models;

public sealed class LanguageModelTests
{
    private static readonly ModelOptions Options = LanguageModels.Options;

    [Theory]
    [InlineData(LayerPath.Fused)]
    [InlineData(LayerPath.Unrolled)]
    public void Five_steps_of_training_are_those_of_PyTorch(LayerPath path)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Read<GoldenFile>("cells.json").LanguageModel;
        using var model = LanguageModels.New(Options with { Path = path }).to(float64);
        Stacks.Fill(model.NamedParameters(), Formula.Double);
        Assert.Equal(golden.Names, model.NamedParameters().Select(parameter => parameter.Name));
        var state = model.NewState(2);
        for (var step = 0; step < golden.Losses.Length; step++)
        {
            var text = LanguageModels.Tokens(step * 6, 7, 2); // [time + 1, batch]
            (var hidden, state) = model.Read(text.narrow(0, 0, 6), state.Detach());
            var loss = model.Loss(hidden, text.narrow(0, 1, 6).flatten()).Objective;
            Assert.Equal(golden.Losses[step], loss.item<double>(), 1e-9);
            model.zero_grad();
            loss.backward();
            using var frozen = no_grad();
            foreach (var parameter in model.NamedParameters()) parameter.Parameter.sub_(parameter.Parameter.grad! * 0.5);
        }

        var ends = state.NamedTensors().ToDictionary(named => named.Name, named => named.Value);
        Numbers.AreClose(golden.State[0], cat([ends["h.0"], ends["h.1"]]), 1e-9, "h");
        Numbers.AreClose(golden.State[1], cat([ends["c.0"], ends["c.1"]]), 1e-9, "c");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_loss_and_its_gradients_are_those_of_the_logits(bool tied)
    {
        using var scope = NewDisposeScope();
        using var model = LanguageModels.New(Options with { EmbeddingSize = 3, TieWeights = tied });
        var (tokens, targets) = (LanguageModels.Tokens(0, 6, 2), LanguageModels.Tokens(1, 6, 2).flatten());
        var direct = model.Loss(model.Read(tokens, model.NewState(2)).Hidden, targets).Objective;
        direct.backward();
        var gradients = model.NamedParameters().Select(parameter => parameter.Parameter.grad!.clone()).ToList();
        model.zero_grad();
        var throughLogits = nn.functional.cross_entropy(model.Forward(tokens, model.NewState(2)).Logits, targets);
        throughLogits.backward();
        Numbers.AreClose(throughLogits, direct, 1e-6, "loss");
        foreach (var (parameter, gradient) in model.NamedParameters().Zip(gradients)) Numbers.AreClose(parameter.Parameter.grad!, gradient, 1e-6, parameter.Name);
    }

    [Theory]
    [MemberData(nameof(EveryCell.Names), MemberType = typeof(EveryCell))]
    public void Two_windows_are_one_long_one(string name)
    {
        foreach (var path in EveryCell.Paths(name))
        {
            using var scope = NewDisposeScope();
            using var model = LanguageModels.New(Options with { Cell = EveryCell.Variants[name], Path = path });
            var tokens = LanguageModels.Tokens(0, 6, 2);
            var (whole, final) = model.Forward(tokens, model.NewState(2));
            var (first, carried) = model.Forward(tokens.narrow(0, 0, 2), model.NewState(2));
            var (second, end) = model.Forward(tokens.narrow(0, 2, 4), carried.Detach());
            Numbers.AreClose(whole, cat([first, second]), 1e-5, "logits");
            foreach (var ((state, left), (_, right)) in final.NamedTensors().Zip(end.NamedTensors())) Numbers.AreClose(left, right, 1e-5, state);
        }
    }

    [Fact]
    public void The_gradient_stops_where_it_is_truncated()
    {
        using var scope = NewDisposeScope();
        using var model = LanguageModels.New(Options);
        foreach (var truncateAfter in new[] { 1, 2, 3, 4, 5, 6, 100 })
        {
            // the token at step 0 occurs nowhere else, so its embedding gets a gradient from the last step through the state alone
            var tokens = tensor([4L, 1, 2, 3, 1, 2], [6, 1]);
            model.zero_grad();
            var (logits, _) = model.Forward(tokens, model.NewState(1), truncateAfter);
            logits.select(0, 5).sum().backward();
            var row = Numbers.Of(model.NamedParameters()[0].Parameter.grad!.select(0, 4));
            Assert.Equal(truncateAfter >= 6, row.Any(value => value != 0));
        }
    }

    [Fact]
    public void Truncation_leaves_outputs_alone_and_one_beyond_the_window_gradients_too()
    {
        using var scope = NewDisposeScope();
        var whole = Run(int.MaxValue);
        var asLong = Run(6);
        var cut = Run(4);
        Assert.Equal(whole.Logits, asLong.Logits);
        Assert.Equal(whole.Gradients, asLong.Gradients);
        Numbers.AreClose(whole.Logits, tensor(cut.Logits), 1e-5, "logits");
        Assert.NotEqual(whole.Gradients, cut.Gradients);

        (double[] Logits, double[] Gradients) Run(int truncateAfter)
        {
            using var model = LanguageModels.New(Options);
            var (logits, _) = model.Forward(LanguageModels.Tokens(0, 6, 2), model.NewState(2), truncateAfter);
            (logits * Formula.Single(0.5, logits.shape)).sum().backward();
            return (Numbers.Of(logits), [.. model.NamedParameters().SelectMany(parameter => Numbers.Of(parameter.Parameter.grad!))]);
        }
    }

    [Theory]
    [MemberData(nameof(EveryCell.Names), MemberType = typeof(EveryCell))]
    public void Every_parameter_gets_a_gradient(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var tied in new[] { false, true })
        {
            var cell = EveryCell.Variants[name];
            using var model = LanguageModels.New(Options with { Cell = cell, EmbeddingSize = (int)cell.OutputSize(3), TieWeights = tied });
            var (logits, _) = model.Forward(LanguageModels.Tokens(0, 6, 2), model.NewState(2));
            (logits * Formula.Single(0.5, logits.shape)).sum().backward();
            Assert.Equal(model.parameters().Count(), model.NamedParameters().Count);
            Assert.All(model.NamedParameters(), parameter => Assert.Contains(Numbers.Of(parameter.Parameter.grad!), value => value != 0));
        }
    }

    [Fact]
    public void A_tied_matrix_is_one_parameter_with_the_gradients_of_both_uses()
    {
        using var scope = NewDisposeScope();
        using var tied = LanguageModels.New(Options with { EmbeddingSize = 3, TieWeights = true }).to(float64);
        using var free = LanguageModels.New(Options with { EmbeddingSize = 3 }).to(float64);
        Assert.DoesNotContain(tied.NamedParameters(), parameter => parameter.Name == "output.weight");
        Assert.Equal(tied.NamedParameters().Count, tied.parameters().Count());

        var weights = tied.NamedParameters().ToDictionary(parameter => parameter.Name, parameter => (Tensor)parameter.Parameter);
        weights["output.weight"] = weights["embedding.weight"].detach().clone();
        free.LoadParameters(weights);
        tied.LoadParameters(weights);
        Numbers.AreClose(Gradient(free, "embedding.weight") + Gradient(free, "output.weight"), Gradient(tied, "embedding.weight"), 1e-12, "gradient");

        weights["output.weight"] = weights["output.weight"] + 1;
        Assert.Contains("'output.weight'", Assert.Throws<UserMistakeException>(() => tied.LoadParameters(weights)).Message);

        static Tensor Gradient(LanguageModel model, string name)
        {
            model.zero_grad();
            var (logits, _) = model.Forward(LanguageModels.Tokens(0, 6, 2), model.NewState(2));
            (logits * Formula.Double(0.5, logits.shape)).sum().backward();
            return model.NamedParameters().Single(parameter => parameter.Name == name).Parameter.grad!;
        }
    }

    [Theory]
    [InlineData(0.5, 0, 0)]
    [InlineData(0, 0.5, 0)]
    [InlineData(0, 0, 0.5)]
    public void Dropout_acts_in_training_and_is_the_identity_in_evaluation(double embedding, double betweenLayers, double output)
    {
        using var scope = NewDisposeScope();
        var dropout = new DropoutOptions { Embedding = embedding, BetweenLayers = betweenLayers, Output = output };
        var plain = Logits(new DropoutOptions(), training: true);
        Assert.Equal(plain, Logits(dropout, training: false));
        Assert.NotEqual(plain, Logits(dropout, training: true));

        double[] Logits(DropoutOptions shares, bool training)
        {
            using var model = LanguageModels.New(Options with { Dropout = shares });
            model.train(training);
            manual_seed(1);
            return Numbers.Of(model.Forward(LanguageModels.Tokens(0, 6, 2), model.NewState(2)).Logits);
        }
    }

    [Fact]
    public void Dropout_on_the_output_zeroes_some_hidden_units_and_scales_the_others()
    {
        using var scope = NewDisposeScope();
        using var model = LanguageModels.New(Options with { HiddenSize = 5, Dropout = new DropoutOptions { Output = 0.75 } });
        var weights = model.NamedParameters().ToDictionary(parameter => parameter.Name, parameter => parameter.Parameter.detach().clone());
        weights["output.weight"] = eye(5); // logits are the hidden units
        weights["output.bias"] = zeros(5);
        model.LoadParameters(weights);
        model.eval();
        var hidden = Numbers.Of(model.Forward(LanguageModels.Tokens(0, 6, 2), model.NewState(2)).Logits);
        model.train();
        var dropped = Numbers.Of(model.Forward(LanguageModels.Tokens(0, 6, 2), model.NewState(2)).Logits);
        Assert.Contains(0.0, dropped);
        Assert.All(dropped.Zip(hidden), pair => Assert.True(pair.First == 0 || Math.Abs(pair.First - (4 * pair.Second)) < 1e-5));
        Assert.Contains(dropped, value => value != 0);
    }

    [Fact]
    public void What_makes_no_language_model_is_refused()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => LanguageModels.New(Options with { Bidirectional = true, TieWeights = true }));
        Assert.Equal(2, mistake.Lines.Count);
        Assert.StartsWith("model.bidirectional: a language model predicts the next token", mistake.Lines[0]);
        Assert.EndsWith("needs embedding_size = hidden_size, but they are 4 and 6", mistake.Lines[1]);
        var adaptive = Options with { HiddenSize = 4, TieWeights = true, Output = new AdaptiveOutputOptions { Cutoffs = [2] } };
        var other = Assert.Throws<UserMistakeException>(() => LanguageModels.New(adaptive));
        Assert.StartsWith("model.tie_weights: an adaptive output layer has matrices of other sizes", other.Message);
    }

    [Fact]
    public void A_model_made_inside_a_dispose_scope_lives_on()
    {
        LanguageModel model;
        RecurrentState state;
        using (NewDisposeScope())
        {
            model = LanguageModels.New(Options);
            state = model.NewState(2).MoveToOuterDisposeScope();
        }

        using var scope = NewDisposeScope();
        Assert.Equal([12, LanguageModels.Vocabulary], model.Forward(LanguageModels.Tokens(0, 6, 2), state).Logits.shape);
        state.Dispose();
        model.Dispose();
    }

    [Fact]
    public void Training_leaves_no_tensor_behind()
    {
        using var model = LanguageModels.New(Options with { Dropout = new DropoutOptions { Embedding = 0.1, BetweenLayers = 0.1, Output = 0.1 } });
        var state = Step(model, null);
        state = Step(model, state);
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (var step = 0; step < 5; step++) state = Step(model, state);
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
        state.Dispose();

        static RecurrentState Step(LanguageModel model, RecurrentState? carried)
        {
            using var scope = NewDisposeScope();
            model.zero_grad();
            var (logits, state) = model.Forward(LanguageModels.Tokens(0, 6, 2), carried ?? model.NewState(2), truncateAfter: 4);
            logits.sum().backward();
            carried?.Dispose();
            return state.Detach().MoveToOuterDisposeScope();
        }
    }

    private sealed record GoldenFile(GoldenModel LanguageModel);

    private sealed record GoldenModel(string[] Names, double[] Losses, double[][] State);
}
