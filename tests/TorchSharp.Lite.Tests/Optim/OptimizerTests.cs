using System.Globalization;
using RnnTrain.Tests.NN;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace RnnTrain.Tests.Optim;

public sealed class OptimizerTests
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, double[]>> Cases = Golden.Load("optimizers.json");

    private static readonly Dictionary<string, Func<Parameter[], OptimizerHelper>> Makers = new()
    {
        ["sgd"] = parameters => SGD(parameters, 0.1, momentum: 0.9),
        ["adam"] = parameters => Adam(parameters, 0.1, amsgrad: true),
        ["adamw"] = parameters => AdamW(parameters, 0.1, weight_decay: 0.1),
        ["rmsprop"] = parameters => RMSProp(parameters, 0.1, momentum: 0.9, centered: true),
        ["adagrad"] = parameters => Adagrad(parameters, 0.1),
        ["adadelta"] = parameters => Adadelta(parameters),
        ["asgd"] = parameters => ASGD(parameters, 0.1, t0: 1),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<string> Kinds => [.. Makers.Keys];

    [Fact]
    public void Every_optimizer_has_cases()
    {
        Assert.Equal(56, Cases.Count);
        Assert.Equal(Makers.Keys.Order(), Cases.Keys.Select(name => name.Split(' ')[0]).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_are_those_of_PyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var (a, b) = Problem();
        using var optimizer = Make(name, [a, b]);
        for (var i = 0; i < 5; i++) Step(optimizer, a, b);
        Golden.Close(Cases[name]["a"], a, 1e-8);
        Golden.Close(Cases[name]["b"], b, 1e-8);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_loaded_state_continues_as_the_saved_one(string kind)
    {
        using var scope = NewDisposeScope();
        var (a, b) = Problem();
        using var first = Makers[kind]([a, b]);
        for (var i = 0; i < 3; i++) Step(first, a, b);

        var (c, d) = (new Parameter(a.detach().clone()), new Parameter(b.detach().clone()));
        using var second = Makers[kind]([c, d]);
        Step(second, c, d); // moves the state that is then replaced
        using (no_grad())
        {
            c.copy_(a);
            d.copy_(b);
        }
        second.load_state_dict(first.state_dict());
        for (var i = 0; i < 3; i++)
        {
            Step(first, a, b);
            Step(second, c, d);
        }
        Golden.Close(Golden.Numbers(a), c, 0);
        Golden.Close(Golden.Numbers(b), d, 0);
        Assert.All(
            first.state_dict().State.Zip(second.state_dict().State), pair => Assert.True(pair.First.ApproximatelyEquals(pair.Second)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_state_outlives_the_scope_of_a_step_and_nothing_else_does(string kind)
    {
        using var outer = NewDisposeScope();
        var (a, b) = Problem();
        using var optimizer = Makers[kind]([a, b]);
        // The second step is the first that finds its state made.
        for (var i = 0; i < 2; i++) ScopedStep();
        var alive = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++) ScopedStep();
        Assert.Equal(alive, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);

        void ScopedStep()
        {
            using var scope = NewDisposeScope();
            Step(optimizer, a, b);
        }
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays()
    {
        using var scope = NewDisposeScope();
        var (a, b) = Problem();
        using var optimizer = Adam([a, b], 0.1);
        (a * a).sum().backward();
        var before = Golden.Numbers(b);
        optimizer.step();
        Golden.Close(before, b, 0);
        Assert.NotEqual(Golden.Numbers(Problem().a), Golden.Numbers(a));
    }

    [Fact]
    public void Groups_have_rates_of_their_own_that_can_be_set()
    {
        using var scope = NewDisposeScope();
        var (a, b) = Problem();
        SGD.ParamGroup[] groups = [new([a], new SGD.Options { LearningRate = 0.5 }), new() { Parameters = [b] }];
        using var optimizer = SGD(groups, 0.1);
        Assert.Equal([0.5, 0.1], optimizer.ParamGroups.Select(group => group.LearningRate));
        foreach (var group in optimizer.ParamGroups) group.LearningRate = group.InitialLearningRate * 2;
        var expected = Golden.Numbers(a - 1 * Ones(a));
        var expectedOfB = Golden.Numbers(b - 0.2 * Ones(b));
        (a.sum() + b.sum()).backward();
        optimizer.step();
        Golden.Close(expected, a);
        Golden.Close(expectedOfB, b);

        static Tensor Ones(Tensor like) => ones_like(like).detach();
    }

    [Fact]
    public void The_moments_of_Adam_are_public()
    {
        using var scope = NewDisposeScope();
        var (a, b) = Problem();
        using var optimizer = Adam([("a", a), ("b", b)], 0.1);
        (a.sum() + b.sum()).backward();
        optimizer.step();
        var state = Assert.IsType<Adam.State>(optimizer.state_dict().State[1]);
        Assert.Equal(1, state.step);
        Golden.Close([0.1, 0.1, 0.1, 0.1], state.exp_avg);
        Golden.Close([0.001, 0.001, 0.001, 0.001], state.exp_avg_sq);
    }

    [Fact]
    public void A_closure_gives_the_loss()
    {
        using var scope = NewDisposeScope();
        var (a, b) = Problem();
        using var optimizer = SGD([a, b], 0.1);
        var loss = optimizer.step(() =>
        {
            var value = Loss(a, b);
            value.backward();
            return value;
        });
        Assert.NotNull(loss);
        Assert.True(Loss(a, b).item<double>() < loss.item<double>());
    }

    [Fact]
    public void Gradients_are_zeroed()
    {
        using var scope = NewDisposeScope();
        var (a, b) = Problem();
        using var optimizer = SGD([a, b], 0.1);
        Loss(a, b).backward();
        optimizer.zero_grad();
        Assert.Equal(0, a.grad?.abs().sum().item<double>() ?? 0);
    }

    [Fact]
    public void Numbers_that_make_no_sense_are_refused()
    {
        using var scope = NewDisposeScope();
        var (a, _) = Problem();
        Assert.Throws<ArgumentException>(() => SGD([a], -1));
        Assert.Throws<ArgumentException>(() => SGD([a], 0.1, nesterov: true));
        Assert.Throws<ArgumentException>(() => Adam([a], beta1: 1));
        Assert.Throws<ArgumentException>(() => AdamW([a], eps: -1));
        using var one = SGD([a], 0.1);
        using var two = SGD([a, Problem().b], 0.1);
        Assert.Throws<ArgumentException>(() => one.load_state_dict(two.state_dict()));
    }

    private static (Parameter a, Parameter b) Problem() =>
        (new Parameter(Golden.Fill([3, 2], 1).clone()), new Parameter(Golden.Fill([4], 2).clone()));

    private static Tensor Loss(Tensor a, Tensor b) =>
        ((a - Golden.Fill([3, 2], 3)).pow(2) * (Golden.Fill([3, 2], 4) + 1.5)).sum() + b.pow(4).sum() / 4;

    private static void Step(Optimizer optimizer, Tensor a, Tensor b)
    {
        optimizer.zero_grad();
        Loss(a, b).backward();
        optimizer.step();
    }

    private static OptimizerHelper Make(string name, Parameter[] parameters)
    {
        var words = name.Split(' ');
        var given = words.Skip(1).Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        var lr = D("lr", 0);
        var decay = D("weight_decay", 0);
        var (beta1, beta2, eps) = (D("beta1", 0.9), D("beta2", 0.999), D("eps", 1e-8));
        return words[0] switch
        {
            "sgd" => SGD(parameters, lr, D("momentum", 0), D("dampening", 0), decay, B("nesterov"), B("maximize")),
            "adam" => Adam(parameters, lr, beta1, beta2, eps, decay, B("amsgrad"), B("maximize")),
            "adamw" => AdamW(parameters, lr, beta1, beta2, eps, decay, B("amsgrad"), B("maximize")),
            "rmsprop" => RMSProp(parameters, lr, D("alpha", 0.99), eps, decay, D("momentum", 0), B("centered"), B("maximize")),
            "adagrad" => Adagrad(parameters, lr, D("lr_decay", 0), decay, D("initial_accumulator_value", 0)),
            "adadelta" => Adadelta(parameters, lr, D("rho", 0.9), weight_decay: decay, maximize: B("maximize")),
            "asgd" => ASGD(parameters, lr, D("lambd", 1e-4), t0: D("t0", 1e6), weight_decay: decay),
            _ => throw new ArgumentException($"no optimizer {words[0]}"),
        };

        double D(string key, double otherwise) =>
            given.TryGetValue(key, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        bool B(string key) => given.TryGetValue(key, out var text) && text == "True";
    }
}
