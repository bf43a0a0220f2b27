using RnnTrain.Layers;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Layers;

public sealed class ConditionalRandomFieldTests
{
    private const int Unknown = -100;
    private const double Step = 1e-6;
    private static readonly long[] Ends = [4, 1, 3];

    /// <summary>Time-major: the second example has one step, the third lacks the class of its first, the padding has any.</summary>
    private static readonly long[] Targets = [2, 1, Unknown, 0, 0, 2, 0, 7, 1, 1, 1, 1];

    private static readonly AllowedSteps Allowed = new([true, false, true], [true, true, false, true, true, true, false, true, false], [true, true, false]);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void The_loss_is_that_of_all_paths_one_by_one(double size)
    {
        using var scope = NewDisposeScope();
        var field = Field(3, size);
        var scores = Formula.Double(0.4, 4, 3, 3) * size; // [time, batch, classes]
        var expected = Enumerable.Range(0, 3).Sum(example => LossOf(field, scores, Targets, example));
        Assert.Equal(expected, field.Loss(scores, Targets, new Lengths(Ends, 4, CPU)).item<double>(), 1e-10 * Math.Max(1, size));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(8, false)]
    [InlineData(19, true)]
    public void In_memory_and_by_tensors_it_is_the_same_with_all_gradients(int classes, bool isSingle)
    {
        using var scope = NewDisposeScope();
        long[] ends = [5, 1, 7, 3];
        long[] targets = [.. Enumerable.Range(0, 28).Select(i => i % 5 == 3 ? Unknown : (long)(i * 7 % classes))];
        foreach (var isAllowed in new[] { false, true })
        {
            var (memory, memoryGradients) = Run((field, scores, lengths) => field.Loss(scores, targets, lengths));
            var (tensors, tensorGradients) = Run((field, scores, lengths) => field.LossByTensors(scores, targets, lengths));
            Numbers.AreClose(tensors, memory, isSingle ? 1e-5 : 1e-12, "loss");
            for (var i = 0; i < 4; i++) Numbers.AreClose(tensorGradients[i], memoryGradients[i], isSingle ? 1e-5 : 1e-12, $"gradient {i}");

            (Tensor Loss, Tensor[] Gradients) Run(Func<ConditionalRandomField, Tensor, Lengths, Tensor> loss)
            {
                var field = Field(classes, 1);
                var type = isSingle ? float32 : float64;
                field.to(type);
                field.AllowedInTraining = isAllowed;
                bool[] anywhere = [.. Enumerable.Repeat(true, classes)];
                field.Allowed = new AllowedSteps(anywhere, [.. Enumerable.Range(0, classes * classes).Select(i => i != 2)], anywhere);
                var scores = Formula.Double(0.4, 7, 4, classes).to(type).requires_grad_();
                var found = loss(field, scores, new Lengths(ends, 7, CPU)) * 2; // twice: what comes from above is multiplied with
                found.backward();
                return (found, [scores.grad!, .. field.NamedParameters().Select(named => named.Parameter.grad!)]);
            }
        }
    }

    [Fact]
    [Trait("Category", "Cuda")]
    public void A_GPU_gives_what_the_CPU_gives()
    {
        Assert.SkipUnless(cuda.is_available(), "this machine has no CUDA device");
        using var scope = NewDisposeScope();
        var (field, scores) = (Field(3, 1), Formula.Double(0.4, 4, 3, 3));
        var expected = field.Loss(scores, Targets, new Lengths(Ends, 4, CPU)).item<double>();
        var (best, probabilities) = (field.Best(scores, new Lengths(Ends, 4, CPU)), field.Probabilities(scores, new Lengths(Ends, 4, CPU)));
        field.to(CUDA);
        var lengths = new Lengths(Ends, 4, CUDA);
        Assert.Equal(expected, field.Loss(scores.to(CUDA), Targets, lengths).item<double>(), 1e-10);
        Assert.Equal(best, field.Best(scores.to(CUDA), lengths));
        Numbers.AreClose(probabilities, field.Probabilities(scores.to(CUDA), lengths), 1e-10, "probabilities");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_are_what_small_changes_of_each_number_give(bool isAllowed)
    {
        using var scope = NewDisposeScope();
        var field = Field(3, 1);
        (field.Allowed, field.AllowedInTraining) = (Allowed, isAllowed);
        var scores = Formula.Double(0.4, 4, 3, 3).requires_grad_();
        long[] targets = isAllowed ? [2, 0, Unknown, 1, 0, 1, 0, 7, 1, 1, 1, 1] : Targets;
        Tensor Loss() => field.Loss(scores, targets, new Lengths(Ends, 4, CPU));
        Loss().backward();
        foreach (var leaf in field.NamedParameters().Select(named => (Tensor)named.Parameter).Append(scores))
        {
            using var frozen = no_grad();
            var original = Numbers.Of(leaf);
            var changes = original.Select((_, i) => (LossAt(i, Step) - LossAt(i, -Step)) / (2 * Step)).ToArray();
            Numbers.AreClose(changes, leaf.grad!, 1e-8, $"gradient of {leaf.dim()} axes");

            double LossAt(int index, double change)
            {
                var moved = (double[])original.Clone();
                moved[index] += change;
                leaf.copy_(tensor(moved, leaf.shape));
                var at = Loss().item<double>();
                leaf.copy_(tensor(original, leaf.shape));
                return at;
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_best_path_is_the_best_of_all(bool isAllowed)
    {
        using var scope = NewDisposeScope();
        for (var phase = 0; phase < 20; phase++)
        {
            var field = Field(3, 3);
            field.Allowed = isAllowed ? Allowed : null;
            var scores = Formula.Double(phase, 4, 3, 3) * 3; // [time, batch, classes]
            var found = field.Best(scores, new Lengths(Ends, 4, CPU));
            for (var example = 0; example < 3; example++)
            {
                var best = Paths(field, scores, example).Where(path => !isAllowed || IsAllowed(path.Path)).MaxBy(path => path.Score).Path;
                Assert.Equal(best, Enumerable.Range(0, best.Length).Select(t => (int)found[(t * 3) + example]));
            }

            Assert.All(Enumerable.Range(0, 12).Where(place => place / 3 >= Ends[place % 3]), place => Assert.Equal(0, found[place]));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_probability_of_a_class_is_that_of_all_paths_through_it(bool isAllowed)
    {
        using var scope = NewDisposeScope();
        var field = Field(3, 2);
        field.Allowed = isAllowed ? Allowed : null;
        var scores = Formula.Double(0.7, 4, 3, 3) * 2; // [time, batch, classes]
        var found = Numbers.Of(field.Probabilities(scores, new Lengths(Ends, 4, CPU)));
        for (var place = 0; place < found.Length; place++)
        {
            var (t, example, k) = (place / 9, place / 3 % 3, place % 3);
            var paths = Paths(field, scores, example).Where(path => !isAllowed || IsAllowed(path.Path)).ToList();
            var through = t < Ends[example] ? paths.Where(path => path.Path[t] == k).ToList() : [];
            var expected = through.Count == 0 ? 0 : Math.Exp(EveryPath.LogSum(through) - EveryPath.LogSum(paths));
            Assert.Equal(expected, found[place], 1e-9);
        }
    }

    [Fact]
    public void An_example_has_the_same_loss_and_path_in_a_padded_batch_as_alone()
    {
        using var scope = NewDisposeScope();
        var field = Field(3, 1);
        var scores = Formula.Double(0.4, 4, 3, 3); // [time, batch, classes]
        var together = field.Loss(scores, Targets, new Lengths(Ends, 4, CPU)).item<double>();
        var best = field.Best(scores, new Lengths(Ends, 4, CPU));
        var sum = 0.0;
        for (var example = 0; example < 3; example++)
        {
            var alone = scores.narrow(0, 0, Ends[example]).narrow(1, example, 1); // [length, 1, classes]
            var lengths = new Lengths([Ends[example]], Ends[example], CPU);
            sum += field.Loss(alone, TargetsOf(Targets, example), lengths).item<double>();
            Assert.Equal(field.Best(alone, lengths), Enumerable.Range(0, (int)Ends[example]).Select(t => best[(t * 3) + example]));
        }

        Assert.Equal(sum, together, 1e-12);
    }

    [Fact]
    public void What_breaks_the_rules_has_a_finite_loss_and_where_only_that_is_left_a_path()
    {
        using var scope = NewDisposeScope();
        var field = Field(3, 1);
        (field.Allowed, field.AllowedInTraining) = (new AllowedSteps([false, false, false], [.. new bool[9]], [true, true, true]), true);
        var scores = Formula.Double(0.4, 4, 3, 3); // [time, batch, classes]
        Assert.True(double.IsFinite(field.Loss(scores, Targets, new Lengths(Ends, 4, CPU)).item<double>()));
        var best = field.Best(scores, new Lengths(Ends, 4, CPU));
        field.Allowed = null;
        Assert.Equal(field.Best(scores, new Lengths(Ends, 4, CPU)), best); // as many mistakes on every path
    }

    [Fact]
    public void What_is_not_a_number_shows_in_the_loss()
    {
        using var scope = NewDisposeScope();
        var scores = Formula.Double(0.4, 4, 3, 3);
        scores[1, 2, 0] = double.NaN;
        Assert.True(double.IsNaN(Field(3, 1).Loss(scores, Targets, new Lengths(Ends, 4, CPU)).item<double>()));
    }

    private static ConditionalRandomField Field(int classes, double size)
    {
        var field = new ConditionalRandomField(classes).to(float64);
        using var frozen = no_grad();
        foreach (var (named, i) in field.NamedParameters().Select((named, i) => (named, i)))
            named.Parameter.copy_(Formula.Double(i + 1, [.. named.Shape]) * size);
        return field;
    }

    private static List<(int[] Path, double Score)> Paths(ConditionalRandomField field, Tensor scores, int example)
    {
        var parameters = field.NamedParameters();
        var every = new EveryPath(parameters[0].Parameter, parameters[1].Parameter, parameters[2].Parameter);
        return every.Of(scores.narrow(0, 0, Ends[example]).select(1, example)); // [length, classes]
    }

    private static bool IsAllowed(int[] path) => Allowed.Start[path[0]] && Allowed.End[path[^1]]
        && path.Zip(path.Skip(1)).All(pair => Allowed.Transitions[(pair.First * 3) + pair.Second]);

    private static double LossOf(ConditionalRandomField field, Tensor scores, long[] targets, int example)
    {
        var (paths, known) = (Paths(field, scores, example), TargetsOf(targets, example));
        return EveryPath.LogSum(paths) - EveryPath.LogSum(paths.Where(path => path.Path.Zip(known).All(pair => pair.Second == Unknown || pair.First == pair.Second)));
    }

    private static long[] TargetsOf(long[] targets, int example) => [.. Enumerable.Range(0, (int)Ends[example]).Select(t => targets[(t * 3) + example])];
}
