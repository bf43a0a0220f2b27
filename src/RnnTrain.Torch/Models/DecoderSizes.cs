using RnnTrain.Configuration;
using RnnTrain.Layers;

namespace RnnTrain.Models;

/// <summary>How large the parts of an encoder-decoder are, known from its options without making it.</summary>
/// <param name="SourceEmbedding">Features of a token that is read.</param>
/// <param name="Encoder">The encoder's layers.</param>
/// <param name="Embedding">Features of a token that was written.</param>
/// <param name="Decoder">The decoder's layers, whose input is what they read in a step, all side by side.</param>
/// <param name="Readout">What the output layer reads of known features; null where it reads the hidden units themselves.</param>
/// <param name="Output">Features that the output layer reads.</param>
public sealed record DecoderSizes(long SourceEmbedding, StackOptions Encoder, long Embedding, StackOptions Decoder, long? Readout, long Output)
{
    /// <summary>Features that the encoder puts out.</summary>
    public long Features => Encoder.OutputSizeOf(Encoder.HiddenSizes.Count - 1);

    /// <summary>Hidden units that the decoder puts out.</summary>
    public long Hidden => Decoder.OutputSizeOf(Decoder.HiddenSizes.Count - 1);

    /// <exception cref="UserMistakeException">A size that is needed is missing.</exception>
    public static DecoderSizes Of(ModelOptions model)
    {
        var decoder = model.Decoder ?? throw new UserMistakeException("model.decoder: missing; add for instance decoder: {attention: dot}");
        var source = model.EmbeddingSize ?? throw new UserMistakeException("model.embedding_size: missing; add a whole number of at least 1");
        var encoder = StackOptions.Of(model, source);
        var embedding = decoder.EmbeddingSize ?? source;
        var features = encoder.OutputSizeOf(encoder.HiddenSizes.Count - 1);
        var layers = decoder.Layers ?? encoder.HiddenSizes.Count;
        var stack = encoder with
        {
            Cell = decoder.Cell ?? model.Cell,
            HiddenSizes = [.. Enumerable.Repeat(decoder.HiddenSize ?? features, layers)],
            Bidirectional = false,
            Combine = DirectionCombination.Concatenate,
            Connections = layers > 1 ? model.Connections : LayerConnections.None,
            LearnedInitialState = model.LearnedInitialState && decoder.Bridge == BridgeKind.Zero,
        };
        var hidden = stack.OutputSizeOf(layers - 1);
        var output = decoder.ReadoutSize ?? (model.TieWeights && decoder.Attention is not null ? embedding : hidden);
        var comesBefore = decoder.Attention?.ComesBeforeTheStep == true;
        var input = embedding + (comesBefore ? features : 0) + (decoder.InputFeeding ? output : 0);
        var known = hidden + (decoder.Attention is null ? 0 : features) + (comesBefore ? embedding : 0);
        var hasReadout = decoder.Attention is not null || decoder.ReadoutSize is not null;
        return new DecoderSizes(source, encoder, embedding, stack with { InputSize = input }, hasReadout ? known : null, output);
    }
}
