using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Training.Regularizers;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Training.Regularizers;

public sealed class WeightPenaltyTests
{
    private const double L1 = 0.3;
    private const double L2 = 0.7;

    /// <summary>The gradient of the objective plus λ₁ Σ|w| + λ₂/2 Σw², times a loss scale where there is one.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(8.0)]
    public void Coupled_terms_have_the_gradient_that_autograd_finds(double? lossScale)
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = (Parameter("weight", ParameterRole.InputWeight), Parameter("bias", ParameterRole.InputBias));
        var factor = lossScale ?? 1;
        (Objective(weight, bias) * factor).backward();
        var scale = lossScale is { } value ? tensor(value) : null;
        new WeightPenalty(new PenaltyOptions { L1 = L1, L2 = L2 }, [weight, bias]).Prepare(scale);

        var (plain, other) = (Parameter("weight", ParameterRole.InputWeight), Parameter("bias", ParameterRole.InputBias));
        ((Objective(plain, other) + (plain.Parameter.abs().sum() * L1) + (plain.Parameter.square().sum() * (L2 / 2))) * factor).backward();
        Numbers.AreClose(plain.Parameter.grad!, weight.Parameter.grad!, 1e-13, "gradient of a weight");
        Numbers.AreEqual(other.Parameter.grad!, bias.Parameter.grad!, "gradient of a bias, which is exempt");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(null)]
    public void Decoupled_weights_shrink_beside_the_optimizer_unless_the_step_is_left_out(bool? isFinite)
    {
        using var scope = NewDisposeScope();
        var weight = Parameter("weight", ParameterRole.Embedding);
        var before = weight.Parameter.detach().clone();
        weight.Parameter.sum().backward();
        var gradient = weight.Parameter.grad!.clone();
        var penalty = new WeightPenalty(new PenaltyOptions { L1 = L1, L2 = L2, Decoupled = true }, [weight]);
        penalty.Prepare(null);
        Numbers.AreEqual(gradient, weight.Parameter.grad!, "gradient");
        using (no_grad()) weight.Parameter.add_(1); // the optimizer's step
        penalty.Shrink(0.1, isFinite is { } value ? tensor(value) : null);
        var shrunk = before + 1 - (((before * L2) + (before.sign() * L1)) * 0.1);
        Numbers.AreClose(isFinite == false ? before + 1 : shrunk, weight.Parameter.detach(), 1e-14, "weight");
    }

    [Fact]
    public void Every_role_belongs_to_a_group_and_a_group_can_be_exempt()
    {
        using var scope = NewDisposeScope();
        foreach (var role in Enum.GetValues<ParameterRole>())
        {
            var named = Parameter("any", role);
            named.Parameter.sum().backward();
            var gradient = named.Parameter.grad!.clone();
            new WeightPenalty(new PenaltyOptions { L2 = L2, Exempt = [WeightPenalty.GroupOf(named)] }, [named]).Prepare(null);
            Numbers.AreEqual(gradient, named.Parameter.grad!, $"{role}, exempt");
            new WeightPenalty(new PenaltyOptions { L2 = L2, Exempt = [] }, [named]).Prepare(null);
            Numbers.AreClose(gradient + (named.Parameter.detach() * L2), named.Parameter.grad!, 1e-14, $"{role}");
        }
    }

    private static Tensor Objective(NamedParameter weight, NamedParameter bias) => (weight.Parameter * bias.Parameter).sin().sum();

    private static NamedParameter Parameter(string name, ParameterRole role) => new(name, nn.Parameter(Formula.Double(0.7, 3, 4)), role);
}
