using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Layers;

namespace RnnTrain.Models;

/// <summary>What must hold between the options of an encoder-decoder: each combination that is impossible, with the nearest that is not.</summary>
public static class DecoderRules
{
    private static readonly IReadOnlyList<Func<ModelOptions, DecoderSizes, ConfigMistake?>> Rules =
        [AttentionFits, AdditiveAttentionSeesHidden, FedStepsHaveAttention, ReadoutReadsSomething, TiedOutputHasOneShape, PooledStepsAreBridged, SharedEmbeddingHasOneShape, CopiedStateFits];

    /// <summary>What stands against such a model; empty where nothing does. Options without sizes are not looked at.</summary>
    public static IEnumerable<ConfigMistake> Mistakes(ModelOptions model)
    {
        if (model.Decoder is not { } decoder || !model.HasSizes || model.EmbeddingSize is null || !model.Cell.MakesNetwork) return [];
        if (decoder.Cell is { MakesNetwork: false }) return [new ConfigMistake("model.decoder.cell.type", "it counts text and cannot write; use lstm or gru")];
        var sizes = DecoderSizes.Of(model);
        List<ConfigMistake> mistakes = [.. StackRules.Mistakes(sizes.Encoder), .. StackRules.Mistakes(sizes.Decoder).Select(mistake => OfDecoder(mistake, decoder))];
        return mistakes.Count > 0 ? mistakes.Distinct() : Rules.Select(rule => rule(model, sizes)).OfType<ConfigMistake>();
    }

    /// <exception cref="UserMistakeException">Something stands against such a model.</exception>
    public static void Require(ModelOptions model, ExampleShape shape)
    {
        var mistakes = Mistakes(model).Select(mistake => $"{mistake.Path}: {mistake.What}").ToList();
        if (model.Decoder?.SharedEmbedding == true && shape.Vocabulary + 2 != shape.Outputs)
            mistakes.Add("model.decoder.shared_embedding: tokens that are read and tokens that are written have vocabularies of their own; set data.shared_vocabulary to true");
        if (mistakes.Count > 0) throw new UserMistakeException(mistakes);
    }

    private static ConfigMistake OfDecoder(ConfigMistake mistake, DecoderOptions decoder)
    {
        var isOwn = mistake.Path == "model.hidden_size" || (decoder.Cell is not null && mistake.Path.StartsWith("model.cell", StringComparison.Ordinal));
        return isOwn ? mistake with { Path = mistake.Path.Replace("model.", "model.decoder.", StringComparison.Ordinal) } : mistake;
    }

    private static ConfigMistake? AttentionFits(ModelOptions model, DecoderSizes sizes) => model.Decoder!.Attention?.Mistake(sizes.Hidden, sizes.Features);

    private static ConfigMistake? AdditiveAttentionSeesHidden(ModelOptions model, DecoderSizes sizes)
    {
        if (model.Decoder!.Attention?.ComesBeforeTheStep != true) return null;
        using var cell = NewCell(sizes.Decoder, sizes.Decoder.HiddenSizes.Count - 1);
        if (cell.StateParts[0] is { Name: "h", Shape: [var size] } && size == sizes.Hidden) return null;
        var name = CellTable.Cells.NameOf(sizes.Decoder.Cell);
        return new ConfigMistake("model.decoder.attention", $"it asks with the state h before a step, and {name} does not remember what it put out; use general, or the cell gru");
    }

    private static ConfigMistake? FedStepsHaveAttention(ModelOptions model, DecoderSizes sizes) => model.Decoder is { InputFeeding: true, Attention: null }
        ? new ConfigMistake("model.decoder.input_feeding", "there is no attention whose findings could be fed; set it to false, or give an attention") : null;

    private static ConfigMistake? ReadoutReadsSomething(ModelOptions model, DecoderSizes sizes) =>
        model.Decoder is { Readout: ReadoutFunction.Maxout } && sizes.Readout is null
            ? new ConfigMistake("model.decoder.readout", "without attention the output layer reads the hidden units themselves; give readout_size too, or remove the key") : null;

    private static ConfigMistake? TiedOutputHasOneShape(ModelOptions model, DecoderSizes sizes) => model.TieWeights && sizes.Embedding != sizes.Output
        ? new ConfigMistake(
            "model.tie_weights",
            $"the decoder's embedding has {sizes.Embedding} features and its output layer reads {sizes.Output}; make them equal by decoder.readout_size, or do not tie")
        : null;

    private static ConfigMistake? PooledStepsAreBridged(ModelOptions model, DecoderSizes sizes) => model is { Pooling: not null, Decoder.Bridge: not BridgeKind.Linear }
        ? new ConfigMistake("model.pooling", "only the linear bridge reads what is pooled; remove the key, or use bridge: linear") : null;

    private static ConfigMistake? SharedEmbeddingHasOneShape(ModelOptions model, DecoderSizes sizes) =>
        model.Decoder!.SharedEmbedding && sizes.SourceEmbedding != sizes.Embedding
            ? new ConfigMistake("model.decoder.embedding_size", $"{sizes.Embedding}, but the shared embedding has the {sizes.SourceEmbedding} features of model.embedding_size; remove the key")
            : null;

    private static ConfigMistake? CopiedStateFits(ModelOptions model, DecoderSizes sizes)
    {
        if (model.Decoder!.Bridge != BridgeKind.Copy) return null;
        var (encoder, decoder) = (sizes.Encoder, sizes.Decoder);
        const string nearest = "use linear, which fits any two";
        if (encoder.Cell != decoder.Cell) return new ConfigMistake("model.decoder.bridge", $"copy needs the same cell in encoder and decoder; {nearest}");
        if (encoder.HiddenSizes.Count != decoder.HiddenSizes.Count)
            return new ConfigMistake("model.decoder.bridge", $"copy needs as many layers, but the encoder has {encoder.HiddenSizes.Count} and the decoder {decoder.HiddenSizes.Count}; {nearest}");
        var factor = encoder.Bidirectional && encoder.Combine == DirectionCombination.Concatenate ? 2 : 1;
        for (var layer = 0; layer < encoder.HiddenSizes.Count; layer++)
        {
            using var from = NewCell(encoder, layer);
            using var into = NewCell(decoder, layer);
            var isEqual = from.StateParts.Zip(into.StateParts).All(pair => Shape(pair.First, factor).SequenceEqual(pair.Second.Shape));
            if (!isEqual) return new ConfigMistake("model.decoder.bridge", $"copy gives layer {layer} of the decoder a state of another shape than its own; make hidden_size of the decoder {factor * encoder.HiddenSizes[layer]}, or {nearest}");
        }

        return null;
    }

    private static IEnumerable<long> Shape(StatePart part, int factor) => part.Shape.Select((size, axis) => axis == 0 ? size * factor : size);

    private static RecurrentCell NewCell(StackOptions options, int layer) =>
        CellTable.Cells.Create(options.Cell, new CellSizes(layer == 0 ? options.InputSize : options.OutputSizeOf(layer - 1), options.HiddenSizes[layer], layer));
}
