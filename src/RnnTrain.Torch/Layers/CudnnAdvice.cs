namespace RnnTrain.Layers;

/// <summary>
/// What keeps an LSTM from cuDNN's persistent kernels, which hold the recurrent weights on the chip from step to step and are the fastest.
/// libtorch asks for them (aten/src/ATen/native/cudnn/RNN.cpp, `use_persist_common_heuristics`) in fp16 only, with one layer and direction
/// a call, hidden units a multiple of 128 up to 1024, input features a multiple of 128, a batch a multiple of 8 up to 128. Advice alone:
/// other sizes are other models, and nothing is changed for anybody.
/// </summary>
public static class CudnnAdvice
{
    private const long Unit = 128;
    private const long MostHidden = 1024;
    private const long BatchUnit = 8;
    private const long MostBatch = 128;

    /// <summary>What to change so that the layers run in these kernels, one line each; none where they do, or where no size would help.</summary>
    /// <param name="layers">From <see cref="RecurrentStack.Describe"/>.</param>
    /// <param name="embeddingSize">The features of the first layer's input.</param>
    /// <param name="batch">Examples of a batch.</param>
    /// <param name="isHalf">True where the layers compute in fp16.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<LayerDescription> layers, long embeddingSize, long batch, bool isHalf)
    {
        var candidates = layers.Where(layer => layer is { Cell: "lstm", IsFused: true }).ToList();
        if (candidates.Count == 0) return [];
        List<string> lines = [];
        if (!isHalf) lines.Add("precision: cuDNN's persistent LSTM kernels compute in fp16 only");
        long[] sizes = [.. candidates.Select(layer => layer.HiddenSize).Distinct()];
        var key = sizes.Length == 1 ? "model.hidden_size" : "model.layer_sizes";
        foreach (var hidden in sizes)
        {
            if (hidden > MostHidden) lines.Add($"{key}: {hidden} is more than the {MostHidden} that cuDNN's persistent LSTM kernels take");
            else if (hidden % Unit != 0) lines.Add($"{key}: {Wanted(hidden, Unit, MostHidden)}, not {hidden}");
        }

        if (embeddingSize % Unit != 0) lines.Add($"model.embedding_size: {Wanted(embeddingSize, Unit, long.MaxValue)}, not {embeddingSize}");
        if (batch > MostBatch) lines.Add($"data.batching.batch_size: {batch} is more than the {MostBatch} that cuDNN's persistent LSTM kernels take");
        else if (batch % BatchUnit != 0) lines.Add($"data.batching.batch_size: {Wanted(batch, BatchUnit, MostBatch)}, not {batch}");
        return lines;
    }

    private static string Wanted(long value, long unit, long most)
    {
        var (below, above) = (value / unit * unit, (value / unit + 1) * unit);
        var sizes = below == 0 ? $"{above}" : above > most ? $"{below}" : $"{below} or {above}";
        return $"cuDNN's persistent LSTM kernels want a multiple of {unit}, for instance {sizes}";
    }
}
