namespace RnnTrain.Configuration;

/// <summary>What must hold between keys, whatever the task. What only a component knows is checked where it is made.</summary>
internal static class ConfigRules
{
    private static readonly IReadOnlyList<Func<ExperimentConfig, ConfigMistake?>> Rules =
    [
        NameIsAFolder,
        TrainingDataIsNamed,
        TokensAreOfText,
        LimitedLengthIsOfTextExamples,
        StorageIsOfText,
        WrittenTokensAreOfPairs,
        LabeledWordsAreTokens,
        HeldOutSharesLeaveSomething,
        ValidationComesFromOnePlace,
        TestComesFromOnePlace,
        LayersHaveOneSource,
        EmbeddingIsOfTokens,
        LettersAreOfLabeledWords,
        FieldIsOverLabels,
        VectorsAreOfWords,
        FrozenVectorsHaveNoOtherUse,
        SingletonsAreOfClassifiedText,
        LockedDropoutDropsSomething,
        ZoneoutKeepsSomething,
        CombinedDirectionsAreTwo,
        CellFitsItsSize,
        PooledIsTheWholeExample,
        DecoderWritesSequences,
        SampledSymbolsAreWritten,
        TiedWeightsHaveOneShape,
        TiedOutputHasOneMatrix,
        SmoothedLabelsNeedEveryToken,
        PenaltyPenalisesSomething,
        EarlyStoppingHasValidation,
        OneDnnComputesInFp32,
        PartsOfABatchAreEqual,
        WeightsAreAveragedOnce,
        AverageHasValidationToWaitFor,
        DecodingIsOfWrittenTexts,
    ];

    public static IEnumerable<ConfigMistake> Check(ExperimentConfig config) =>
        Rules.Select(rule => rule(config)).OfType<ConfigMistake>()
            .Concat(config.Data.Tokens?.Check("data.tokens") ?? []).Concat(config.Data.WrittenTokens?.Check("data.written_tokens") ?? [])
            .Concat(config.Data.Format.Check(config.Data)).Concat(config.Data.Batching.Check(config.Data)).Concat(config.Task.Check(config)).Concat(config.Model.Cell.Check(config)).Distinct();

    private static ConfigMistake? NameIsAFolder(ExperimentConfig config)
    {
        var name = config.Name;
        var legal = name.Length is > 0 and <= 100
            && char.IsAsciiLetterOrDigit(name[0])
            && name[^1] != '.'
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        if (legal) return null;
        return new ConfigMistake(
            "name", $"'{name}' cannot name the run's folder; use up to 100 letters, digits, '-', '_' and '.', a letter or digit first");
    }

    private static ConfigMistake? TrainingDataIsNamed(ExperimentConfig config)
    {
        var data = config.Data;
        if (data.Format.ReadsFiles) return data.Train.Count > 0 ? null : new ConfigMistake("data.train", "no file is named; name at least one file");
        var named = new (string Key, bool IsGiven)[]
        {
            ("data.train", data.Train.Count > 0), ("data.validation", data.Validation.Count > 0), ("data.test", data.Test.Count > 0),
            ("data.split", data.Split != new SplitOptions()), ("data.limit", data.Limit != new LimitOptions()),
        };
        return named.Where(key => key.IsGiven).Select(key => new ConfigMistake(key.Key, "this format makes its examples and reads no files; remove the key")).FirstOrDefault();
    }

    private static ConfigMistake? StorageIsOfText(ExperimentConfig config) => config.Data.Storage != DataStorage.Disk || config.Data.Format.ReadsText
        ? null
        : new ConfigMistake("data.storage", "only what text becomes is kept on disk; remove the key");

    private static ConfigMistake? LimitedLengthIsOfTextExamples(ExperimentConfig config)
    {
        if (config.Data is not { MaximumLength: { } limit, Format: var format }) return null;
        if (!format.ReadsText || format.Targets is null)
            return new ConfigMistake("data.maximum_length", "only examples of text are left out by their length; remove the block");
        return limit.Written is null || format.Targets == TargetKind.Sequence
            ? null
            : new ConfigMistake("data.maximum_length.written", "these examples have nothing that is written; remove the key");
    }

    private static ConfigMistake? TokensAreOfText(ExperimentConfig config)
    {
        var isText = config.Data.Format.ReadsText;
        if (isText == (config.Data.Tokens is not null)) return null;
        return new ConfigMistake("data.tokens", isText
            ? "missing, and text becomes numbers by it; write for instance tokens: {type: characters}"
            : "this format gives numbers and not text; remove the key");
    }

    private static ConfigMistake? WrittenTokensAreOfPairs(ExperimentConfig config)
    {
        var data = config.Data;
        var isGiven = data.WrittenTokens is not null;
        if (!isGiven && !data.SharedVocabulary) return null;
        if (data.Format.Targets != TargetKind.Sequence)
            return new ConfigMistake(isGiven ? "data.written_tokens" : "data.shared_vocabulary", "no text is written with this format; remove the key");
        return isGiven && data.SharedVocabulary
            ? new ConfigMistake("data.written_tokens", "with one vocabulary both sides are cut alike; remove it, or shared_vocabulary") : null;
    }

    private static ConfigMistake? LabeledWordsAreTokens(ExperimentConfig config)
    {
        var data = config.Data;
        return data.Format is { ReadsText: true, Targets: TargetKind.ClassEachStep } && data.Tokens is { KeepsWords: false }
            ? new ConfigMistake("data.tokens.type", "each word of the data has a label, so a word must be one token; use words") : null;
    }

    private static ConfigMistake? HeldOutSharesLeaveSomething(ExperimentConfig config)
    {
        var split = config.Data.Split;
        return split.Validation + split.Test < 1
            ? null : new ConfigMistake("data.split", "validation and test together take all the data; their sum must be below 1");
    }

    private static ConfigMistake? ValidationComesFromOnePlace(ExperimentConfig config) =>
        config.Data.Split.Validation > 0 && config.Data.Validation.Count > 0
            ? new ConfigMistake("data.split.validation", "data.validation names files too; give one of the two") : null;

    private static ConfigMistake? TestComesFromOnePlace(ExperimentConfig config) =>
        config.Data.Split.Test > 0 && config.Data.Test.Count > 0
            ? new ConfigMistake("data.split.test", "data.test names files too; give one of the two") : null;

    private static ConfigMistake? LayersHaveOneSource(ExperimentConfig config) => config.Model switch
    {
        { LayerSizes: null, HiddenSize: null, Cell.MakesNetwork: true } =>
            new ConfigMistake("model.hidden_size", "missing; add a whole number of at least 1, or give layer_sizes"),
        { LayerSizes.Count: 0 } => new ConfigMistake("model.layer_sizes", "the list is empty; give a size for each layer, [200, 200]"),
        { LayerSizes: not null, HiddenSize: not null } =>
            new ConfigMistake("model.layer_sizes", "hidden_size is given too; give one of the two"),
        { LayerSizes: not null, Layers: not null } =>
            new ConfigMistake("model.layer_sizes", "layers is given too, and the list says how many there are; remove layers"),
        _ => null,
    };

    private static ConfigMistake? LockedDropoutDropsSomething(ExperimentConfig config) =>
        config.Model.Dropout is { Locked: true, Embedding: 0, BetweenLayers: 0, Output: 0 }
            ? new ConfigMistake("model.dropout.locked", "nothing is dropped; give a share for embedding, between_layers or output, or remove the key")
            : null;

    private static ConfigMistake? ZoneoutKeepsSomething(ExperimentConfig config) => config.Model.Zoneout is { Hidden: 0, Memory: 0 }
        ? new ConfigMistake("model.zoneout", "nothing keeps its value; give a share for hidden or memory, or remove the block") : null;

    private static ConfigMistake? CombinedDirectionsAreTwo(ExperimentConfig config) =>
        config.Model is { Combine: DirectionCombination.Sum, Bidirectional: false }
            ? new ConfigMistake("model.combine", "there is one direction; set bidirectional to true, or remove the key") : null;

    private static ConfigMistake? CellFitsItsSize(ExperimentConfig config) =>
        !config.Model.HasSizes ? null : config.Model.HiddenSizes.Select(size => config.Model.Cell.Mistake(size)).FirstOrDefault(mistake => mistake is not null);

    private static ConfigMistake? PooledIsTheWholeExample(ExperimentConfig config) =>
        config.Model.Pooling is null || config.Data.Format.Targets is TargetKind.ClassAtEnd or TargetKind.ClassSetAtEnd or TargetKind.ValuesAtEnd or TargetKind.Sequence
            ? null : new ConfigMistake("model.pooling", "the data asks for something at every step, and nothing of the whole example; remove the key");

    private static ConfigMistake? DecoderWritesSequences(ExperimentConfig config) => (config.Model.Decoder, config.Data.Format.Targets) switch
    {
        (null, TargetKind.Sequence) =>
            new ConfigMistake("model.decoder", "missing, and the data asks for another sequence, which a decoder writes; add for instance decoder: {attention: general}"),
        (not null, not TargetKind.Sequence) => new ConfigMistake("model.decoder", "the data asks for no sequence that it could write; remove the block, or change data.format"),
        _ => null,
    };

    private static ConfigMistake? SampledSymbolsAreWritten(ExperimentConfig config) => config is { Training.ScheduledSampling: not null, Model.Decoder: null }
        ? new ConfigMistake("training.scheduled_sampling", "nothing is written that could be read again; remove the block, or add model.decoder") : null;

    private static ConfigMistake? EmbeddingIsOfTokens(ExperimentConfig config)
    {
        if (!config.Model.Cell.MakesNetwork) return null;
        var givesTokens = config.Data.Format.GivesTokens;
        if (givesTokens == (config.Model.EmbeddingSize is not null)) return null;
        return new ConfigMistake("model.embedding_size", givesTokens
            ? "missing; add a whole number of at least 1"
            : "this format gives real numbers, which the network reads as they are; remove the key");
    }

    private static ConfigMistake? LettersAreOfLabeledWords(ExperimentConfig config) =>
        config.Model.Characters is null || config.Data.Format is { Targets: TargetKind.ClassEachStep, ReadsText: true }
            ? null : new ConfigMistake("model.characters", "letters are read of words that are labelled one by one, and this data has none; remove the block, or read data.tokens: {type: characters}");

    private static ConfigMistake? FieldIsOverLabels(ExperimentConfig config) => !config.Model.Crf || config.Data.Format.Targets == TargetKind.ClassEachStep
        ? null : new ConfigMistake("model.crf", "it weighs the classes of neighbouring steps against each other, and this data asks for none at each step; remove the key");

    private static ConfigMistake? VectorsAreOfWords(ExperimentConfig config)
    {
        if (config.Model.Vectors is null) return null;
        if (!config.Model.Cell.MakesNetwork) return new ConfigMistake("model.vectors", "this model counts and has no embedding; remove the block");
        return config.Data.Tokens is { KeepsWords: true }
            ? null : new ConfigMistake("model.vectors", "vectors are those of words; use data.tokens: {type: words}, or remove the block");
    }

    private static ConfigMistake? FrozenVectorsHaveNoOtherUse(ExperimentConfig config) =>
        config.Model is { Vectors.Freeze: true, TieWeights: true, Decoder: null or { SharedEmbedding: true } }
            ? new ConfigMistake("model.vectors.freeze", "with tie_weights the embedding is the output layer's matrix, which must be trained; set one of the two to false")
            : null;

    private static ConfigMistake? SingletonsAreOfClassifiedText(ExperimentConfig config) =>
        config.Model.Dropout.Singletons == 0
            || config.Data.Format is { ReadsText: true, Targets: TargetKind.ClassAtEnd or TargetKind.ClassSetAtEnd or TargetKind.ClassEachStep }
            ? null : new ConfigMistake("model.dropout.singletons", "it is for text that is classified or labelled; remove the key, or use model.dropout.words");

    private static ConfigMistake? TiedWeightsHaveOneShape(ExperimentConfig config)
    {
        var model = config.Model;
        if (!model.TieWeights || !model.HasSizes || model.EmbeddingSize is null || model.Decoder is not null) return null;
        var output = model.OutputSize;
        return model.EmbeddingSize == output
            ? null
            : new ConfigMistake(
                "model.tie_weights",
                $"the embedding has {model.EmbeddingSize} features and the recurrent output {output}; make them equal, or do not tie");
    }

    private static ConfigMistake? TiedOutputHasOneMatrix(ExperimentConfig config) =>
        config.Model is { TieWeights: true, Output.CannotBeTied: { } why } ? new ConfigMistake("model.tie_weights", why) : null;

    private static ConfigMistake? SmoothedLabelsNeedEveryToken(ExperimentConfig config) =>
        config is { Training.LabelSmoothing: > 0, Model.Output.CannotBeSmoothed: { } why } ? new ConfigMistake("training.label_smoothing", why) : null;

    private static ConfigMistake? PenaltyPenalisesSomething(ExperimentConfig config) => config.Training.Penalty is { L1: 0, L2: 0 }
        ? new ConfigMistake("training.penalty", "nothing is penalised; give l1 or l2, or remove the block") : null;

    private static ConfigMistake? OneDnnComputesInFp32(ExperimentConfig config) =>
        config.Engine == ComputeEngine.Onednn && config.Precision is Precision.Bf16 or Precision.Fp16
            ? new ConfigMistake("engine", $"oneDNN computes fp32 here, and precision is {config.Precision.ToString().ToLowerInvariant()}; use auto")
            : null;

    private static ConfigMistake? PartsOfABatchAreEqual(ExperimentConfig config)
    {
        var parts = config.Training.Accumulate;
        if (config.Data.Batching.FixedSize is not { } size || size % parts == 0) return null; // batches of different sizes are cut as evenly as they can be
        var nearest = Enumerable.Range(1, size).Where(number => size % number == 0).OrderBy(number => Math.Abs(number - parts)).Take(2).Order();
        return new ConfigMistake(
            "training.accumulate", $"{parts} does not divide data.batching.batch_size, {size}; the nearest that do are {string.Join(" and ", nearest)}");
    }

    private static ConfigMistake? WeightsAreAveragedOnce(ExperimentConfig config) =>
        config.Training is { Average: not null, Optimizer.Average: not null }
            ? new ConfigMistake("training.average", "the optimizer averages the weights itself; leave it out, or use the optimizer sgd")
            : null;

    private static ConfigMistake? AverageHasValidationToWaitFor(ExperimentConfig config)
    {
        var (own, optimizers) = (config.Training.Average, config.Training.Optimizer.Average);
        if ((own ?? optimizers)?.WaitsForValidation != true || config.Data.Format.HasValidation(config.Data)) return null;
        var (key, start) = own is null ? ("training.optimizer", "average_after") : ("training.average", "after_steps");
        return new ConfigMistake(
            key, $"averaging begins when validation gets worse, and there is no validation data; give data.validation, data.split.validation, or {start}");
    }

    private static ConfigMistake? DecodingIsOfWrittenTexts(ExperimentConfig config)
    {
        if (config.Decoding is not { } decoding) return null;
        if (config.Data.Format is not { Targets: TargetKind.Sequence, ReadsText: true }) return new ConfigMistake("decoding", "no text is written with this format; remove the block");
        if (decoding.MinimumLength > decoding.MaximumLength)
            return new ConfigMistake("decoding.minimum_length", $"{decoding.MinimumLength} is more than maximum_length, {decoding.MaximumLength}; make it smaller");
        return decoding.MinimumRatio > decoding.MaximumRatio
            ? new ConfigMistake("decoding.minimum_ratio", "it is more than maximum_ratio; make it smaller") : null;
    }

    private static ConfigMistake? EarlyStoppingHasValidation(ExperimentConfig config) =>
        config.Training.EarlyStopping is null || config.Data.Format.HasValidation(config.Data)
            ? null
            : new ConfigMistake(
                "training.early_stopping", "there is no validation data to watch; give data.validation or data.split.validation");
}
