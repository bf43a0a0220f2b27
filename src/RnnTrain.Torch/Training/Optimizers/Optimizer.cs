using RnnTrain.Cells;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Training.Optimizers;

/// <summary>
/// The rule that turns gradients into steps. Its memory is a list of named tensors, so that a checkpoint holds it and a resumed run
/// continues bit for bit. Parameters in plain CPU memory are changed in one pass over weights, gradient and memory, by all cores, with
/// the same result on any number of them; others by tensor operations over vectors of many parameters at once.
/// </summary>
public abstract class Optimizer : IDisposable, ICpuJob
{
    private readonly ParameterMemory places;
    private readonly IReadOnlyList<string> bufferNames;
    private readonly Tensor numbers; // [buffers, numbers of all parameters]
    private readonly Tensor[] buffers; // its rows: [numbers] each
    private readonly Tensor[][] views; // a row a buffer: [any] each
    private readonly Tensor? steps; // [1], where the parameters are: steps taken

    /// <param name="parameters">What is trained, in the order of the model; of one type, on one device. None to ask what the rule would remember.</param>
    /// <param name="bufferNames">What the rule remembers of each weight, at most 3 numbers: their names in a checkpoint.</param>
    /// <param name="countsSteps">True where the rule needs to know how many steps there were.</param>
    protected Optimizer(IReadOnlyList<NamedParameter> parameters, IReadOnlyList<string> bufferNames, bool countsSteps = false)
    {
        Parameters = parameters;
        this.bufferNames = bufferNames;
        places = new ParameterMemory(parameters);
        using var frozen = no_grad();
        var type = parameters.Count > 0 ? parameters[0].Parameter.dtype : ScalarType.Float32;
        var device = DeviceOf(parameters);
        numbers = zeros([bufferNames.Count, parameters.Sum(named => named.Parameter.numel())], type, device).DetachFromDisposeScope(); // [buffers, numbers]
        buffers = [.. bufferNames.Select((_, i) => numbers.select(0, i).DetachFromDisposeScope())]; // [buffers, numbers] → [numbers]
        views = [.. buffers.Select(buffer => Views(buffer, parameters))];
        if (countsSteps) steps = zeros(1, ScalarType.Int64, device).DetachFromDisposeScope(); // [1]
    }

    /// <summary>What is trained, in the order of the model.</summary>
    public IReadOnlyList<NamedParameter> Parameters { get; }

    /// <summary>How many tensors of a parameter's size the rule remembers for each parameter; for the memory estimate.</summary>
    public int BuffersPerParameter => bufferNames.Count;

    /// <summary>Everything the rule remembers from step to step, each tensor under a name of its own.</summary>
    public virtual IReadOnlyList<(string Name, Tensor Tensor)> Memory =>
    [
        .. bufferNames.SelectMany((name, buffer) => Parameters.Select((named, i) => ($"{name}.{named.Name}", views[buffer][i]))),
        .. steps is null ? [] : new[] { ("step", steps) },
    ];

    /// <summary>Steps taken, this one among them: a scalar of Float64 where the parameters are.</summary>
    protected Tensor Steps => steps!.to_type(ScalarType.Float64).squeeze(0); // [1] → []

    /// <summary>True where a weight whose gradient is zero stays as it is, and so does what is remembered of it.</summary>
    protected virtual bool SkipsZeros => false;

    /// <summary>The share of each weight that is added to its gradient.</summary>
    protected virtual double Penalty => 0;

    /// <summary>The share of each weight by which it shrinks, times the learning rate, whatever its gradient.</summary>
    protected virtual double Shrinking => 0;

    /// <summary>Where parameters are.</summary>
    public static Device DeviceOf(IReadOnlyList<NamedParameter> parameters) => parameters.Count > 0 ? parameters[0].Parameter.device : CPU;

    /// <summary>Changes every parameter that has a gradient. The gradients stay as they are.</summary>
    /// <param name="learningRate">The learning rate of this step, schedule applied.</param>
    /// <param name="gradientScale">What every gradient is multiplied by first; 1 unless clipped.</param>
    public void Step(double learningRate, double gradientScale)
    {
        using var frozen = no_grad();
        places.Find(SkipsZeros, CpuMemory());
        Count(null);
        if (places.Units > 0)
        {
            Prepare(learningRate, gradientScale);
            CpuTeam.Run(this, places.Units);
        }

        if (places.Others.Count == 0) return;
        using var scope = NewDisposeScope();
        using var scale = tensor((float)gradientScale); // []
        using var always = tensor(true); // []
        foreach (var flat in FlatGradient.Of(Parameters, places.Others))
        {
            var device = flat.Values.device;
            Step(flat, learningRate, scale.to(device), always.to(device));
        }
    }

    /// <summary>
    /// The same without waiting for the device: scale and norm may be numbers that it has yet to compute. Where they are not finite,
    /// neither weights nor memory change.
    /// </summary>
    /// <param name="learningRate">The learning rate of this step, schedule applied.</param>
    /// <param name="gradients">Of the parameters that have one.</param>
    /// <param name="gradientScale">What every gradient is multiplied by first, a scalar.</param>
    /// <param name="isFinite">A Boolean scalar: false for a step that is to be left out.</param>
    public void Step(double learningRate, IReadOnlyList<FlatGradient> gradients, Tensor gradientScale, Tensor isFinite)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        Count(isFinite);
        foreach (var flat in gradients) Step(flat, learningRate, gradientScale, isFinite);
    }

    /// <summary>Takes over the memory of a checkpoint: the same names and shapes as <see cref="Memory"/>.</summary>
    /// <exception cref="InvalidDataException">A name is missing, or a shape differs.</exception>
    public void Restore(IReadOnlyDictionary<string, Tensor> saved)
    {
        using var frozen = no_grad();
        foreach (var (name, tensor) in Memory)
        {
            if (!saved.TryGetValue(name, out var value)) throw new InvalidDataException($"the optimizer's '{name}' is missing");
            if (!value.shape.SequenceEqual(tensor.shape)) throw new InvalidDataException($"the optimizer's '{name}' has another shape");
            tensor.copy_(value);
        }
    }

    public void Dispose()
    {
        foreach (var (_, tensor) in Memory) tensor.Dispose();
        foreach (var buffer in buffers) buffer.Dispose();
        numbers.Dispose();
        GC.SuppressFinalize(this);
    }

    void ICpuJob.Do(int unit)
    {
        foreach (ref readonly var stretch in places[unit]) Update(stretch);
    }

    /// <summary>Counts a step, where the rule needs to know how many there were; not where the scalar is false.</summary>
    protected virtual void Count(Tensor? isFinite)
    {
        if (isFinite is null) steps?.add_(1);
        else steps?.add_(isFinite);
    }

    /// <summary>Gives all numbers of a buffer a value, when the optimizer is made.</summary>
    protected void Fill(int buffer, double value)
    {
        using var frozen = no_grad();
        buffers[buffer].fill_(value);
    }

    /// <summary>Makes the factors of a step ready for <see cref="Update"/>.</summary>
    protected abstract void Prepare(double learningRate, double gradientScale);

    /// <summary>Changes a piece of a parameter and of its memory; called from several threads for different pieces.</summary>
    protected abstract void Update(in Stretch stretch);

    /// <summary>The same by tensor operations: changes the memory, and says what to add to the weights.</summary>
    /// <param name="gradient">Scaled, with the penalty, and zero where the step is left out: [numbers].</param>
    /// <param name="memory">The buffers of the same weights: [numbers] each.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="isFinite">A Boolean scalar: false where the memory must stay as it is.</param>
    protected abstract Tensor Change(Tensor gradient, Tensor[] memory, double learningRate, Tensor isFinite);

    /// <summary>The factor by which memory fades in a step; 1 where the step is left out. A scalar.</summary>
    protected static Tensor Fading(double factor, Tensor isFinite) =>
        where(isFinite, full([], factor, device: isFinite.device), ones([], device: isFinite.device)); // []

    private void Step(FlatGradient flat, double learningRate, Tensor gradientScale, Tensor isFinite)
    {
        var count = flat.Values.numel();
        var start = Parameters.Take(flat.First).Sum(named => named.Parameter.numel());
        var gradient = flat.Values * gradientScale; // [numbers]
        if (Penalty != 0) gradient.add_(flat.Weights(), Penalty);
        var nothing = zeros([], gradient.dtype, gradient.device); // []
        var memory = buffers.Select(buffer => buffer.narrow(0, start, count)).ToArray(); // [numbers] each
        var change = Change(where(isFinite, gradient, nothing), memory, learningRate, isFinite); // [numbers]
        if (Shrinking != 0) change.add_(flat.Weights(), -learningRate * Shrinking);
        change = where(isFinite, change, nothing);
        long from = 0;
        foreach (var (_, weight, _, _, _) in flat.Parameters)
        {
            weight.add_(change.narrow(0, from, weight.numel()).view(weight.shape)); // [numbers] → [any]
            from += weight.numel();
        }
    }

    private unsafe OptimizerMemory CpuMemory() =>
        numbers.numel() > 0 && FloatMemory.Holds(numbers) ? new(FloatMemory.Of(numbers), numbers.size(1), buffers.Length) : default;

    private static Tensor[] Views(Tensor buffer, IReadOnlyList<NamedParameter> parameters)
    {
        var views = new Tensor[parameters.Count];
        long start = 0;
        for (var i = 0; i < views.Length; i++)
        {
            var weight = parameters[i].Parameter; // [any]
            using var piece = buffer.narrow(0, start, weight.numel()); // [numbers] → [its numbers]
            views[i] = piece.view(weight.shape).DetachFromDisposeScope(); // [any]
            start += weight.numel();
        }

        return views;
    }
}
