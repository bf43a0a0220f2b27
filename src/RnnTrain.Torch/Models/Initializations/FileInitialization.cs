using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Numerics;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Models.Initializations;

/// <summary>Options of <see cref="FileInitialization"/>.</summary>
[Describe("Weights from a safetensors file under PyTorch's names, for instance of a PyTorch nn.LSTM; what the file lacks is drawn as by `pytorch`.")]
public sealed record FileInitializationOptions : InitializationOptions
{
    [Describe("The file, relative to the current folder.")]
    public required string Path { get; init; }
}

/// <summary>
/// Weights that were trained or drawn elsewhere. A recurrent parameter is found under its name in the model, `recurrent.weight_ih_l0`,
/// or under that of a bare nn.LSTM, nn.GRU or nn.RNN, `weight_ih_l0`.
/// </summary>
public sealed class FileInitialization(FileInitializationOptions options) : Initialization(options)
{
    private const string RecurrentPrefix = "recurrent.";
    private readonly PyTorchInitialization others = new(new PyTorchInitializationOptions());
    private readonly HashSet<string> used = [];
    private Dictionary<string, Tensor> weights = [];

    /// <inheritdoc/>
    /// <exception cref="UserMistakeException">The file is missing or damaged, holds a name that no parameter has, or another shape.</exception>
    public override void Apply(IReadOnlyList<NamedParameter> parameters, long seed)
    {
        using var scope = NewDisposeScope();
        weights = SafetensorsFile.Load(options.Path).ToDictionary(pair => pair.Name, pair => pair.Tensor);
        base.Apply(parameters, seed);
        var unused = weights.Keys.Except(used).Order(StringComparer.Ordinal).ToList();
        if (unused.Count == 0) return;
        throw new UserMistakeException(
            $"model.initialization.path: {options.Path} holds '{string.Join("', '", unused)}', which the model does not have; it has {string.Join(", ", parameters.Select(parameter => parameter.Name))}");
    }

    protected internal override Tensor First(NamedParameter parameter, PortableRandom random)
    {
        var name = weights.ContainsKey(parameter.Name) || !parameter.Name.StartsWith(RecurrentPrefix, StringComparison.Ordinal)
            ? parameter.Name
            : parameter.Name[RecurrentPrefix.Length..];
        if (!weights.TryGetValue(name, out var found)) return others.First(parameter, random);
        used.Add(name);
        if (found.shape.SequenceEqual(parameter.Shape)) return found;
        throw new UserMistakeException(
            $"model.initialization.path: '{name}' of {options.Path} is [{string.Join(", ", found.shape)}], but the model needs [{string.Join(", ", parameter.Shape)}]");
    }

    protected override Tensor Draw(NamedParameter parameter, PortableRandom random) => First(parameter, random);
}
