using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Models.Pooling;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Models.Characters;

/// <summary>Options of <see cref="LstmCharacters"/>.</summary>
[Describe("A bidirectional LSTM over the letters of a word (Lample et al. 2016): what each direction has made of it at its end.")]
public sealed record LstmLetterOptions : WordLetterOptions
{
    [Describe("Hidden units a direction; a word has twice as many features.")]
    [Bounds(1)]
    public int HiddenSize { get; init; } = 25;

    public override long OutputSize => 2 * HiddenSize;
}

/// <summary>A bidirectional LSTM over the letters of a word: Lample et al., "Neural architectures for named entity recognition" (2016), section 4.1.</summary>
public sealed class LstmCharacters : CharacterEncoder
{
    private readonly TokenEmbedding embedding;
    private readonly RecurrentStack recurrent;
    private readonly LastPooling ends;

    public LstmCharacters(LstmLetterOptions options, CharacterArguments arguments)
        : base(nameof(LstmCharacters), options.OutputSize)
    {
        embedding = new TokenEmbedding(arguments.Letters, options.EmbeddingSize, isTied: false);
        recurrent = new RecurrentStack(new StackOptions
        {
            Cell = new LstmOptions(),
            InputSize = options.EmbeddingSize,
            HiddenSize = options.HiddenSize,
            Bidirectional = true,
            Engine = arguments.Engine,
        });
        ends = new LastPooling(new PoolingArguments(options.OutputSize, Directions: 2, DirectionCombination.Concatenate));
        RegisterComponents();
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        embedding.NamedParameter(),
        .. recurrent.NamedParameters().Select(parameter => parameter with { Name = $"recurrent.{parameter.Name}" }),
    ];

    protected override Tensor Read(Tensor letters, Lengths lengths)
    {
        var features = embedding.Forward(letters); // [letters, words] → [letters, words, embedding]
        var (output, _) = recurrent.Forward(features, recurrent.NewState(lengths.Batch), lengths); // [letters, words, features]
        return ends.Forward(output, lengths); // [letters, words, features] → [words, features]
    }
}
