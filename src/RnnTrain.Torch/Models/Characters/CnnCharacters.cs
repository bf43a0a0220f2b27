using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace RnnTrain.Models.Characters;

/// <summary>Options of <see cref="CnnCharacters"/>.</summary>
[Describe("Filters over neighbouring letters, of each the highest answer in the word (Ma and Hovy 2016).")]
public sealed record CnnLetterOptions : WordLetterOptions
{
    [Describe("Filters; a word has as many features.")]
    [Bounds(1)]
    public int Filters { get; init; } = 30;

    [Describe("Letters that a filter sees at a time; beyond both ends of the word it sees nothing.")]
    [Bounds(1)]
    public int Width { get; init; } = 3;

    public override long OutputSize => Filters;
}

/// <summary>
/// Filters over n neighbouring letters, of each the highest answer: Ma and Hovy, "End-to-end sequence labeling via bi-directional LSTM-CNNs-CRF"
/// (2016), section 2.1.
/// <code>
/// f = tanh(max_t W [x_(t−⌊(n−1)/2⌋); …; x_(t+⌊n/2⌋)] + b)        x zero beyond the word
/// </code>
/// tanh comes last, where it has the same value and is computed once a filter.
/// </summary>
public sealed class CnnCharacters : CharacterEncoder
{
    private readonly TokenEmbedding embedding;
    private readonly long width;
    private readonly bool mayUseOneDnn;

    [ComponentName(Name = "weight")]
    private readonly Parameter weight; // W, [filters, width · embedding]

    [ComponentName(Name = "bias")]
    private readonly Parameter bias; // b, [filters]

    public CnnCharacters(CnnLetterOptions options, CharacterArguments arguments)
        : base(nameof(CnnCharacters), options.OutputSize)
    {
        width = options.Width;
        mayUseOneDnn = arguments.Engine != ComputeEngine.Libtorch;
        embedding = new TokenEmbedding(arguments.Letters, options.EmbeddingSize, isTied: false);
        weight = RecurrentCell.NewParameter(options.Filters, width * options.EmbeddingSize);
        bias = RecurrentCell.NewParameter(options.Filters);
        RegisterComponents();
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        embedding.NamedParameter(),
        new("convolution.weight", weight, ParameterRole.InputWeight) { FanIn = weight.size(1) },
        new("convolution.bias", bias, ParameterRole.InputBias) { FanIn = weight.size(1) },
    ];

    protected override Tensor Read(Tensor letters, Lengths lengths)
    {
        var x = embedding.Forward(letters); // [letters, words] → [letters, words, embedding]
        if (!lengths.AllFull) x = x * lengths.Mask; // [letters, words, embedding]
        var answers = Linear(Neighbours(x)); // [letters, words, width · embedding] → [letters, words, filters]
        if (!lengths.AllFull) answers = answers.masked_fill(lengths.Mask.logical_not(), double.NegativeInfinity); // [letters, words, filters]
        return answers.amax(0).tanh(); // [letters, words, filters] → [words, filters]
    }

    /// <summary>At each letter those that its filter sees, side by side.</summary>
    private Tensor Neighbours(Tensor x)
    {
        if (width == 1) return x;
        var (before, after) = ((width - 1) / 2, width / 2);
        var nothing = zeros([Math.Max(before, after), x.size(1), x.size(2)], x.dtype, x.device); // [reach, words, embedding]
        var seen = cat([nothing.narrow(0, 0, before), x, nothing.narrow(0, 0, after)]); // [before + letters + after, words, embedding]
        return cat([.. Enumerable.Range(0, (int)width).Select(place => seen.narrow(0, place, x.size(0)))], 2); // [letters, words, width · embedding]
    }

    private Tensor Linear(Tensor x) => mayUseOneDnn && OneDnnLinear.Serves(x, weight, bias)
        ? OneDnnLinear.Of(x, weight, bias)
        : nn.functional.linear(x, weight, bias); // [letters, words, filters]
}
