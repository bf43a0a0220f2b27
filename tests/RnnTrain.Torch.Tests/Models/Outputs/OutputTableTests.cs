using RnnTrain.Configuration;
using RnnTrain.Models.Outputs;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models.Outputs;

public sealed class OutputTableTests
{
    private const long Hidden = 6;
    private const long Vocabulary = 17;
    private const long Rows = 40;

    [Fact]
    public void Every_output_layer_has_a_variant_here() =>
        Assert.Equal(OutputTable.Outputs.Entries.Select(entry => entry.Name), EveryOutput.Variants.Keys);

    [Theory]
    [MemberData(nameof(EveryOutput.Names), MemberType = typeof(EveryOutput))]
    public void Evaluation_scores_what_generation_draws_from(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var layer = EveryOutput.New(EveryOutput.Variants[name], Hidden, Vocabulary);
        layer.eval();
        var (hidden, targets) = (Formula.Single(0.7, Rows, Hidden), Targets());
        var loss = layer.Loss(hidden, hidden, targets, 2);
        var scores = layer.Forward(hidden, hidden);
        Assert.Equal([Rows, Vocabulary], scores.shape);
        Numbers.AreClose(nn.functional.cross_entropy(scores, targets, reduction: nn.Reduction.Sum), loss.Sum, 1e-6, "sum");
        Numbers.AreClose(nn.functional.cross_entropy(scores, targets) * 2, loss.Objective, 1e-6, "objective");
        Assert.Equal(scores.argmax(1).eq(targets).sum().item<long>(), loss.Correct!.item<long>());
        Assert.True(loss.Correct!.item<long>() > 0, "no target was hit: the count is not tested");
        Assert.Equal(targets.ne(-100).sum().item<long>(), loss.Count.item<long>());
    }

    [Theory]
    [MemberData(nameof(EveryOutput.Names), MemberType = typeof(EveryOutput))]
    public void Gradients_are_those_of_the_loss(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = EveryOutput.New(EveryOutput.Variants[name], Hidden, Vocabulary).to(float64);
        var input = Formula.Double(0.7, Rows, Hidden).requires_grad_();
        Loss().backward();
        const double step = 1e-6;
        var tensors = layer.NamedParameters().Select(parameter => ((Tensor)parameter.Parameter, parameter.Name)).Prepend((input, "hidden"));
        foreach (var (values, what) in tensors)
        {
            Assert.Contains(Numbers.Of(values.grad!), value => value != 0);
            using var frozen = no_grad();
            var (flat, gradient) = (values.view(-1), Numbers.Of(values.grad!));
            for (var i = 0; i < flat.numel(); i += 7)
            {
                flat[i].add_(step);
                var above = Loss().item<double>();
                flat[i].sub_(2 * step);
                var below = Loss().item<double>();
                flat[i].add_(step);
                Assert.Equal((above - below) / (2 * step), gradient[i], 1e-7);
            }
        }

        Tensor Loss()
        {
            manual_seed(3); // the same sample each time
            return layer.Loss(input, input, Targets(), 2).Objective;
        }
    }

    [Theory]
    [MemberData(nameof(EveryOutput.Names), MemberType = typeof(EveryOutput))]
    public void Labels_are_smoothed_or_refused_with_the_reason(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = EveryOutput.New(EveryOutput.Variants[name], Hidden, Vocabulary);
        var hidden = Formula.Single(0.7, Rows, Hidden);
        if (EveryOutput.Variants[name].CannotBeSmoothed is { } why)
        {
            Assert.Contains("full", why, StringComparison.Ordinal);
            Assert.Throws<ArgumentOutOfRangeException>(() => layer.Loss(hidden, hidden, Targets(), 1, smoothing: 0.1));
        }
        else
        {
            Assert.NotEqual(layer.Loss(hidden, hidden, Targets(), 1).Objective.item<float>(), layer.Loss(hidden, hidden, Targets(), 1, smoothing: 0.1).Objective.item<float>());
        }
    }

    [Theory]
    [MemberData(nameof(EveryOutput.Names), MemberType = typeof(EveryOutput))]
    public void Single_precision_agrees_with_double(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = EveryOutput.New(EveryOutput.Variants[name], Hidden, Vocabulary);
        var single = Gradients(ScalarType.Float32);
        layer.to(float64);
        var full = Gradients(ScalarType.Float64);
        foreach (var (one, other) in single.Zip(full)) Numbers.AreClose(other, one.to(float64), 1e-5, name);

        List<Tensor> Gradients(ScalarType type)
        {
            manual_seed(3);
            layer.zero_grad();
            var input = Formula.Double(0.7, Rows, Hidden).to(type).requires_grad_();
            layer.Loss(input, input, Targets(), 2).Objective.backward();
            return [input.grad!, .. layer.NamedParameters().Select(parameter => parameter.Parameter.grad!.clone())];
        }
    }

    [Theory]
    [MemberData(nameof(EveryOutput.Names), MemberType = typeof(EveryOutput))]
    public void A_short_type_agrees_within_its_digits(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = EveryOutput.New(EveryOutput.Variants[name], Hidden, Vocabulary);
        var full = Loss(ScalarType.Float32);
        var brief = Loss(ScalarType.BFloat16);
        Assert.Equal(ScalarType.Float32, brief.dtype);
        Numbers.AreClose(full, brief, 0.02, "loss");

        Tensor Loss(ScalarType type)
        {
            manual_seed(3);
            layer.to(type);
            var input = Formula.Single(0.7, Rows, Hidden).to(type).requires_grad_();
            var objective = layer.Loss(input, input, Targets(), 1).Objective;
            objective.backward();
            return objective;
        }
    }

    [Theory]
    [MemberData(nameof(EveryOutput.Names), MemberType = typeof(EveryOutput))]
    public void A_target_that_does_not_exist_is_refused(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = EveryOutput.New(EveryOutput.Variants[name], Hidden, Vocabulary);
        var input = Formula.Single(0.7, 1, Hidden);
        foreach (var wrong in new[] { -1, Vocabulary }) Assert.ThrowsAny<Exception>(() => layer.Loss(input, input, tensor([wrong]), 1));
    }

    [Theory]
    [MemberData(nameof(EveryOutput.Names), MemberType = typeof(EveryOutput))]
    public void Steps_leave_no_tensor_behind(string name)
    {
        using var layer = EveryOutput.New(EveryOutput.Variants[name], Hidden, Vocabulary);
        Step();
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (var step = 0; step < 3; step++) Step();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);

        void Step()
        {
            using var scope = NewDisposeScope();
            layer.zero_grad();
            var input = Formula.Single(0.7, Rows, Hidden).requires_grad_();
            layer.Loss(input, input, Targets(), 1).Objective.backward();
        }
    }

    [Fact]
    public void Adaptive_is_that_of_PyTorch()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Read<AdaptiveGolden>("adaptive_softmax.json");
        using var layer = EveryOutput.New(new AdaptiveOutputOptions { Cutoffs = [5, 9], DivValue = 2 }, 6, 17).to(float64);
        var phase = 1;
        using (no_grad())
        {
            foreach (var parameter in layer.NamedParameters()) parameter.Parameter.copy_(Formula.Double(phase++, [.. parameter.Shape]));
        }

        Assert.Equal(golden.Names, layer.NamedParameters().Select(parameter => parameter.Name));
        var hidden = Formula.Double(0.7, 9, 6).requires_grad_();
        var scores = layer.Forward(hidden, hidden);
        Numbers.AreClose(golden.LogProbabilities, scores, 1e-10, "log probabilities");
        Assert.Equal(golden.Predictions, scores.argmax(1).data<long>().ToArray());
        var loss = layer.Loss(hidden, hidden, tensor([.. Enumerable.Range(0, 9).Select(row => 7L * row % 17)]), 1).Objective;
        loss.backward();
        Assert.Equal(golden.Loss, loss.item<double>(), 1e-10);
        Numbers.AreClose(golden.HiddenGradient, hidden.grad!, 1e-10, "gradient of hidden");
        foreach (var (parameter, gradient) in layer.NamedParameters().Zip(golden.Gradients)) Numbers.AreClose(gradient, parameter.Parameter.grad!, 1e-10, parameter.Name);
    }

    [Theory]
    [InlineData(new int[0], 1.0, "model.output.cutoffs: [] must rise")]
    [InlineData(new[] { 4, 4 }, 1.0, "model.output.cutoffs: [4, 4] must rise")]
    [InlineData(new[] { 4, 17 }, 1.0, "must rise and stay below the vocabulary's 17 tokens")]
    [InlineData(new[] { 4, 7 }, 3.0, "model.output.div_value: 3 leaves cluster 2 of hidden_size 6 no feature")]
    public void Clusters_that_do_not_fit_are_refused(int[] cutoffs, double divValue, string mistake) => Assert.Contains(
        mistake,
        Assert.Throws<UserMistakeException>(() => EveryOutput.New(new AdaptiveOutputOptions { Cutoffs = cutoffs, DivValue = divValue }, Hidden, Vocabulary)).Message);

    /// <summary>With so many draws every token is a candidate for certain.</summary>
    [Fact]
    public void A_sample_of_everything_is_the_full_softmax()
    {
        using var scope = NewDisposeScope();
        using var full = EveryOutput.New(new FullOutputOptions(), Hidden, Vocabulary);
        using var sampled = EveryOutput.New(new SampledOutputOptions { Samples = 5000 }, Hidden, Vocabulary);
        var input = Formula.Single(0.7, Rows, Hidden);
        var (one, other) = (full.Loss(input, input, Targets(), 1).Objective, sampled.Loss(input, input, Targets(), 1).Objective);
        one.backward();
        other.backward();
        Numbers.AreClose(one, other, 1e-6, "loss");
        foreach (var (left, right) in full.NamedParameters().Zip(sampled.NamedParameters())) Numbers.AreClose(left.Parameter.grad!, right.Parameter.grad!, 1e-5, left.Name);
    }

    [Fact]
    public void A_sample_learns_the_distribution_of_all_tokens()
    {
        using var scope = NewDisposeScope();
        using var layer = OutputTable.Create(new SampledOutputOptions { Samples = 8 }, new OutputArguments(1, 12, IsTied: false));
        var bias = layer.NamedParameters().Single(parameter => parameter.Name == "bias").Parameter;
        double[] share = [.. Enumerable.Range(0, 12).Select(token => 1.0 / (token + 1))]; // Zipf's law
        var tokens = share.SelectMany((weight, token) => Enumerable.Repeat((long)token, (int)(weight * 120))).ToArray();
        var random = new Random(1);
        manual_seed(1);
        for (var step = 0; step < 3000; step++)
        {
            using var inner = NewDisposeScope();
            layer.zero_grad();
            layer.Loss(ones(4, 1), ones(4, 1), tensor([.. Enumerable.Range(0, 4).Select(_ => tokens[random.Next(tokens.Length)])]), 1).Objective.backward();
            using var frozen = no_grad();
            bias.sub_(bias.grad! * (2.0 / (20 + step / 10.0)));
        }

        layer.eval();
        var learned = Numbers.Of(layer.Forward(zeros(1, 1), zeros(1, 1)).softmax(1));
        for (var token = 0; token < 12; token++)
        {
            Assert.Equal((double)tokens.Count(other => other == token) / tokens.Length, learned[token], 0.04);
        }
    }

    [Fact]
    public void The_gradient_of_a_sample_is_known_by_rows()
    {
        using var scope = NewDisposeScope();
        using var layer = EveryOutput.New(new SampledOutputOptions { Samples = 3 }, Hidden, 1000);
        var input = Formula.Single(0.7, 2, Hidden);
        layer.Loss(input, input, tensor([999L, 5]), 1).Objective.backward();
        var weight = layer.NamedParameters()[0];
        Assert.True(weight.Rows!.Describes(weight.Parameter.grad));
        Assert.InRange(weight.Rows.Rows.Length, 3, 5);
        Assert.Contains(999, weight.Rows.Rows.ToArray());
    }

    private static Tensor Targets() =>
        tensor([.. Enumerable.Range(0, (int)Rows).Select(row => row % 9 == 8 ? -100L : row * row * 5 % Vocabulary)]);

    private sealed record AdaptiveGolden(
        string[] Names, double[] LogProbabilities, long[] Predictions, double Loss, double[] HiddenGradient, double[][] Gradients);
}
