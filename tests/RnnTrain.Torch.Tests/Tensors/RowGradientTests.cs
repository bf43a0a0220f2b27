using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Tensors;

public sealed class RowGradientTests : IDisposable
{
    private const int Vocabulary = 7;
    private const int Features = 19; // not a multiple of any vector's width

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly RowGradient rows = new();
    private readonly TorchSharp.Modules.Parameter parameter = nn.Parameter(zeros(Vocabulary, Features));

    public void Dispose()
    {
        rows.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void Each_step_has_the_gradient_of_its_own_tokens()
    {
        foreach (long[] tokens in new long[][] { [3, 1, 3, 6], [0], [6, 6, 6], [0, 1, 2, 3, 4, 5, 6], [2] })
        {
            parameter.grad = null; // what zero_grad does
            Add(tokens, phase: tokens.Length);
            Numbers.AreClose(Dense(tokens, tokens.Length), parameter.grad!, 1e-6, "gradient");
            Assert.Equal(tokens.Distinct().Select(token => (int)token), rows.Rows.ToArray());
            Assert.True(rows.Describes(parameter.grad));
        }
    }

    [Fact]
    public void Gradients_add_up_until_they_are_cleared()
    {
        Add([3, 1], 0.1);
        Add([1, 5], 0.2);
        Numbers.AreClose(Dense([3, 1], 0.1) + Dense([1, 5], 0.2), parameter.grad!, 1e-6, "gradient");
        Assert.Equal([3, 1, 5], rows.Rows.ToArray());

        parameter.grad!.zero_(); // zero_grad(set_to_none: false)
        Add([2], 0.3);
        Numbers.AreClose(Dense([2], 0.3), parameter.grad!, 1e-6, "gradient");
        Assert.True(rows.Describes(parameter.grad));
        Assert.Contains(2, rows.Rows.ToArray());
    }

    [Fact]
    public void A_gradient_of_somebody_else_is_added_to_and_not_described()
    {
        var others = Formula.Single(0.4, Vocabulary, Features);
        parameter.grad = others.clone();
        Add([3, 3], 0.1);
        Numbers.AreClose(others + Dense([3, 3], 0.1), parameter.grad!, 1e-6, "gradient");
        Assert.False(rows.Describes(parameter.grad));
        Assert.False(rows.Describes(null));
    }

    [Fact]
    public void A_parameter_that_became_another_gets_its_own_gradient()
    {
        Add([6, 3], 0.1);
        var moved = nn.Parameter(zeros(Vocabulary, Features));
        Add(moved, [2], 0.5);
        Numbers.AreEqual(Dense([2], 0.5), moved.grad!, "gradient");
        Assert.True(rows.Describes(moved.grad));

        var smaller = nn.Parameter(zeros(2, Features));
        Add(smaller, [1], 0.5);
        Assert.Equal([1], rows.Rows.ToArray());
        Assert.Equal([2, Features], smaller.grad!.shape);
    }

    [Fact]
    public void Rows_without_memory_are_added_into_a_dense_gradient()
    {
        AddDense([1, 1], 0.1);
        Numbers.AreClose(Dense([1, 1], 0.1), parameter.grad!, 1e-6, "gradient");
        AddDense([4], 0.2);
        Numbers.AreClose(Dense([1, 1], 0.1) + Dense([4], 0.2), parameter.grad!, 1e-6, "gradient");
    }

    [Fact]
    public void Steps_leave_no_tensor_behind()
    {
        Step();
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (var step = 0; step < 3; step++) Step();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);

        void Step()
        {
            parameter.grad = null;
            Add([3], 0.1);
        }
    }

    private void Add(long[] tokens, double phase) => Add(parameter, tokens, phase);

    private unsafe void Add(TorchSharp.Modules.Parameter into, long[] tokens, double phase)
    {
        fixed (float* values = Values(tokens.Length, phase)) rows.Add(into, tokens, values);
    }

    private unsafe void AddDense(long[] tokens, double phase)
    {
        fixed (float* values = Values(tokens.Length, phase)) RowGradient.AddRows(parameter, tokens, values);
    }

    private static float[] Values(int count, double phase) => [.. Formula.Values(count * Features, phase).Select(value => (float)value)];

    /// <summary>The same by libtorch: [vocabulary, features].</summary>
    private static Tensor Dense(long[] tokens, double phase)
    {
        var source = Formula.Single(phase, tokens.Length, Features); // [rows, features]
        return zeros(Vocabulary, Features).index_add_(0, tensor(tokens), source, 1);
    }
}
