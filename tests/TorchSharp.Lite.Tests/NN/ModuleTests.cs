using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RnnTrain.Tests.NN;

public sealed class ModuleTests
{
    [Fact]
    public void The_state_lists_parameters_before_buffers_and_own_before_those_below()
    {
        using var model = new Model();
        Assert.Equal(
            [
                "scale", "first.weight", "first.bias", "list.0.weight", "list.0.bias", "list.1.weight", "list.1.bias",
                "norm.weight", "norm.bias", "steps", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked",
            ],
            model.state_dict().Keys.Select(Place).ToArray());

        static string Place(string key) => key;
    }

    [Fact]
    public void Parameters_buffers_and_modules_are_found_by_dotted_names()
    {
        using var model = new Model();
        Assert.Equal([2L, 2], model.get_parameter("list.1.weight")!.shape);
        Assert.Equal([2L], model.get_buffer("norm.running_mean")!.shape);
        Assert.Null(model.get_parameter("list.2.weight"));
        Assert.Null(model.get_buffer("nothing"));
        Assert.True(model.has_parameter("first.bias"));
        Assert.False(model.has_buffer("first.bias"));
        Assert.Equal(["first", "list", "norm"], model.named_children().Select(child => child.name));
        Assert.Equal(["first", "list", "norm", "list.0", "list.1"], model.named_modules().Select(child => child.name));
        Assert.Equal(9, model.parameters().Count());
        Assert.Single(model.parameters(recurse: false));
    }

    [Fact]
    public void A_shared_parameter_appears_once_among_parameters_and_twice_in_the_state()
    {
        using var model = new Tied();
        Assert.Equal(["embedding.weight"], model.named_parameters().Select(named => named.name));
        Assert.Equal(["embedding.weight", "output.weight"], model.state_dict().Keys);
    }

    [Fact]
    public void Training_mode_reaches_everything_below()
    {
        using var model = new Model();
        Assert.True(model.training);
        model.eval();
        Assert.All(model.modules(), module => Assert.False(module.training));
        model.train();
        Assert.All(model.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void Conversion_replaces_what_the_fields_hold()
    {
        using var scope = NewDisposeScope();
        using var model = new Model().to(ScalarType.Float64);
        Assert.All(model.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.Equal(ScalarType.Float64, model.get_buffer("norm.running_mean")!.dtype);
        Assert.Equal(ScalarType.Int64, model.get_buffer("steps")!.dtype);
        Assert.Equal(ScalarType.Int64, model.get_buffer("norm.num_batches_tracked")!.dtype);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
        Assert.Equal(ScalarType.Float64, model.call(ones([4, 3], dtype: ScalarType.Float64)).dtype);
        Assert.ThrowsAny<Exception>(() => model.to(ScalarType.Int64));
    }

    [Fact]
    public void Moving_to_a_device_that_is_missing_is_refused()
    {
        Assert.SkipWhen(cuda.is_available(), "there is a CUDA device");
        using var linear = Linear(3, 2);
        Assert.Throws<InvalidOperationException>(() => linear.to(DeviceType.CUDA));
        Assert.Equal(DeviceType.CPU, linear.weight.device_type);
    }

    [Fact]
    public void A_model_works_on_a_CUDA_device()
    {
        Assert.SkipUnless(cuda.is_available(), "there is no CUDA device");
        using var scope = NewDisposeScope();
        using var lstm = LSTM(3, 4, 2);
        var x = ones(5, 2, 3); // [time, batch, features]
        var expected = lstm.call(x).Item1; // [time, batch, hidden]
        lstm.to(DeviceType.CUDA);
        lstm.flatten_parameters();
        var output = lstm.call(x.cuda()).Item1; // [time, batch, hidden]
        Assert.True(expected.allclose(output.cpu(), 1e-4, 1e-5));
        output.sum().backward();
        using var adam = optim.Adam(lstm.parameters());
        utils.clip_grad_norm_(lstm.parameters(), 1);
        adam.step();
        Assert.All(lstm.parameters(), parameter => Assert.Equal(DeviceType.CUDA, parameter.device_type));
        Assert.False(expected.allclose(lstm.call(x.cuda()).Item1.cpu(), 1e-4, 1e-5));
    }

    [Fact]
    public void A_gradient_moves_with_its_parameter()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(3, 2);
        linear.call(ones(4, 3)).sum().backward();
        linear.to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, linear.weight.grad!.dtype);
        Assert.Equal(24, linear.weight.grad!.sum().item<double>());
    }

    [Fact]
    public void Parameters_outlive_the_scope_they_were_made_in()
    {
        Model model;
        LSTM lstm;
        using (NewDisposeScope())
        {
            model = new Model().to(ScalarType.Float64);
            lstm = LSTM(3, 2).to(ScalarType.Float64);
        }
        using (NewDisposeScope())
        {
            Assert.Equal([4L, 2], model.call(ones([4, 3], dtype: ScalarType.Float64)).shape);
            Assert.Equal([1L, 4, 2], lstm.call(ones([1, 4, 3], dtype: ScalarType.Float64)).Item1.shape);
        }
        model.Dispose();
        lstm.Dispose();
    }

    [Fact]
    public void A_disposed_model_leaves_no_tensor()
    {
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        new Model().Dispose();
        new Tied().Dispose();
        Sequential(Linear(3, 3), Dropout(0.5), Linear(3, 2)).Dispose();
        LSTM(3, 4, 2).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_loaded_state_is_a_copy()
    {
        using var scope = NewDisposeScope();
        using var from = new Model();
        using var to = new Model().to(ScalarType.Float64);
        var (missing, unexpected) = to.load_state_dict(from.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        foreach (var (key, value) in from.state_dict())
            Assert.True(to.state_dict()[key].to(ScalarType.Float32).allclose(value.to(ScalarType.Float32)), key);
        Assert.Equal(ScalarType.Float64, to.get_parameter("first.weight")!.dtype);
        Assert.True(to.get_parameter("first.weight")!.requires_grad);
    }

    [Fact]
    public void A_state_with_other_names_is_refused_unless_asked_for()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        var state = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone());
        state.Remove("scale");
        state["extra"] = zeros(1);
        Assert.Throws<InvalidOperationException>(() => model.load_state_dict(state));
        var (missing, unexpected) = model.load_state_dict(state, strict: false);
        Assert.Equal(["scale"], missing);
        Assert.Equal(["extra"], unexpected);
        model.load_state_dict(state, skip: ["scale", "extra"]);
        state["scale"] = zeros(3, 3);
        Assert.ThrowsAny<Exception>(() => model.load_state_dict(state, skip: ["extra"]));
    }

    [Fact]
    public void Gradients_go_or_become_zero()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(3, 2);
        linear.call(ones(4, 3)).sum().backward();
        linear.zero_grad(set_to_none: false);
        Assert.Equal(0, linear.weight.grad!.abs().sum().item<float>());
        linear.zero_grad();
        Assert.Null(linear.weight.grad);
    }

    [Fact]
    public void Names_are_taken_once_and_have_no_dots()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        Assert.Throws<InvalidOperationException>(() => model.register_buffer("steps", zeros(1)));
        Assert.Throws<InvalidOperationException>(() => model.register_parameter("scale", new Parameter(zeros(1))));
        Assert.Throws<InvalidOperationException>(() => model.register_module("first", Linear(1, 1)));
        Assert.Throws<ArgumentException>(() => model.register_module("a.b", Linear(1, 1)));
        Assert.Throws<InvalidOperationException>(() => Dropout().register_buffer("b", zeros(1)));
    }

    [Fact]
    public void A_function_is_applied_below_before_above()
    {
        using var model = new Model();
        var seen = new List<string>();
        model.apply(module => seen.Add(module.GetName()));
        Assert.Equal(["Linear", "Linear", "Linear", "ModuleList", "BatchNorm1d", "Model"], seen);
    }

    [Fact]
    public void Hooks_see_and_change_what_goes_in_and_comes_out()
    {
        using var scope = NewDisposeScope();
        using var identity = Identity();
        var calls = 0;
        var before = identity.register_forward_pre_hook((_, input) => input + 1);
        identity.register_forward_hook((_, _, output) => output * 10);
        identity.register_forward_hook(_ => calls++);
        Assert.Equal(20, identity.call(tensor(1f)).item<float>());
        before.remove();
        Assert.Equal(10, identity.call(tensor(1f)).item<float>());
        Assert.Equal(2, calls);
        Assert.Equal(1, identity.forward(tensor(1f)).item<float>());
    }

    [Fact]
    public void A_sequence_names_its_modules_and_runs_them_in_order()
    {
        using var scope = NewDisposeScope();
        using var sequence = Sequential(("in", Linear(3, 4)), ("act", ReLU()), ("out", Linear(4, 2)));
        Assert.Equal(["in.weight", "in.bias", "out.weight", "out.bias"], sequence.state_dict().Keys);
        var x = ones(5, 3);
        var linear = (Linear)sequence[0];
        var expected = ((Linear)sequence[2]).call(functional.relu(linear.call(x)));
        Assert.Equal(expected, sequence.call(x));
        Assert.Equal(3, sequence.Count);
        Assert.Equal(["0.weight", "0.bias"], Sequential(Linear(1, 1)).append(Tanh()).state_dict().Keys);
        Assert.Equal(x, Sequential().call(x));
        Assert.False(x.IsInvalid);
    }

    [Fact]
    public void A_dictionary_of_modules_keeps_its_order()
    {
        using var holder = new Holder();
        Assert.Equal(["parts.b.weight", "parts.a.weight"], holder.state_dict().Keys);
    }

    [Fact]
    public void A_parameter_takes_the_tensor_over()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);
        var parameter = Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.True(scope.Contains(parameter));
        Assert.False(scope.Contains(data));
        Assert.False(Parameter(ones(2), requires_grad: false).requires_grad);
    }

    private sealed class Model : Module<Tensor, Tensor>
    {
        private readonly Linear first;
        private readonly ModuleList<Linear> list;
        private readonly BatchNorm1d norm;
        private readonly Tensor steps;

        [ComponentName(Name = "scale")] private readonly Parameter _scale;

        public Model() : base(nameof(Model))
        {
            first = Linear(3, 2);
            list = ModuleList(Linear(2, 2), Linear(2, 2));
            norm = BatchNorm1d(2);
            steps = zeros(1, dtype: ScalarType.Int64).DetachFromDisposeScope();
            _scale = (Parameter)new Parameter(ones(2)).DetachFromDisposeScope();
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            steps.add_(1);
            var x = first.call(input); // [batch, 3] → [batch, 2]
            foreach (var layer in list) x = layer.call(x); // [batch, 2]
            return (norm.call(x) * _scale).MoveToOuterDisposeScope(); // [batch, 2]
        }
    }

    private sealed class Tied : Module<Tensor, Tensor>
    {
        private readonly Embedding embedding;
        private readonly Linear output;

        public Tied() : base(nameof(Tied))
        {
            output = Linear(3, 5, hasBias: false);
            embedding = Embedding(5, 3);
            embedding.weight = output.weight;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => output.call(embedding.call(input));
    }

    private sealed class Holder : Module<Tensor, Tensor>
    {
        private readonly ModuleDict<Linear> parts = ModuleDict(("b", Linear(1, 1, false)), ("a", Linear(1, 1, false)));

        public Holder() : base(nameof(Holder)) => RegisterComponents();

        public override Tensor forward(Tensor input) => parts["a"].call(input);
    }
}
