namespace RnnTrain.Configuration;

// One abstract record a kind of component. A block `cell: {type: lstm, …}` binds to the record that the registry
// of that kind lists under its `type`; the records themselves stand beside the components they configure.

/// <summary>Options of a task: what the network learns to do.</summary>
public abstract record TaskOptions
{
    /// <summary>What the task refuses in the rest of the configuration.</summary>
    public abstract IEnumerable<ConfigMistake> Check(ExperimentConfig config);
}

/// <summary>Options of a data format: how a file is read.</summary>
public abstract record FormatOptions
{
    /// <summary>What each example asks for; null where the data is running text.</summary>
    public virtual TargetKind? Targets => null;

    /// <summary>How the labels of words mark spans, as they are learned.</summary>
    public virtual TagScheme Tagging => TagScheme.None;

    /// <summary>False where the data is made by a rule, without files.</summary>
    public virtual bool ReadsFiles => true;

    /// <summary>True where the data is text, which `data.tokens` makes numbers of.</summary>
    public virtual bool ReadsText => true;

    /// <summary>True where a time step is a token, false where it is real numbers.</summary>
    public virtual bool GivesTokens => true;

    /// <summary>Whether there is something to validate on.</summary>
    public virtual bool HasValidation(DataOptions data) => data.Validation.Count > 0 || data.Split.Validation > 0;

    /// <summary>What the format refuses in the `data` block.</summary>
    public virtual IEnumerable<ConfigMistake> Check(DataOptions data) => [];
}

/// <summary>Options of a kind of token: how text becomes numbers.</summary>
public abstract record TokenOptions
{
    /// <summary>True where a word that the format has cut is one token.</summary>
    public virtual bool KeepsWords => false;

    /// <summary>What these options refuse among themselves.</summary>
    /// <param name="key">The key of the block, `data.tokens` for one.</param>
    public virtual IEnumerable<ConfigMistake> Check(string key) => [];
}

/// <summary>Options of a way to put examples in batches.</summary>
public abstract record BatchingOptions
{
    /// <summary>Examples, or lanes, of every training batch but perhaps the last of a pass; null where batches are of different sizes.</summary>
    public abstract int? FixedSize { get; }

    /// <summary>What these options refuse in the `data` block.</summary>
    public virtual IEnumerable<ConfigMistake> Check(DataOptions data) => [];
}

/// <summary>Options of a recurrent cell.</summary>
public abstract record CellOptions
{
    /// <summary>False where there is no cell and no network, but something that is learned without gradients.</summary>
    public virtual bool MakesNetwork => true;

    /// <summary>What these options refuse in the rest of the configuration.</summary>
    public virtual IEnumerable<ConfigMistake> Check(ExperimentConfig config) => [];

    /// <summary>Features of the output of a layer of so many hidden units.</summary>
    public virtual long OutputSize(long hiddenSize) => hiddenSize;

    /// <summary>Why a layer cannot have so many hidden units, by the key that stands against it; null where it can.</summary>
    public virtual ConfigMistake? Mistake(long hiddenSize) => null;

    /// <summary>True where the cell reads a whole sequence at once, since none of its steps waits for the one before.</summary>
    public virtual bool IsParallel => false;
}

/// <summary>Options of how the outputs of all steps of an example become one vector.</summary>
public abstract record PoolingOptions;

/// <summary>Options of a kind of attention: how a decoder looks at what was read.</summary>
public abstract record AttentionOptions
{
    /// <summary>True where it is asked before the decoder's layers make their step, and they read what it found.</summary>
    public virtual bool ComesBeforeTheStep => false;

    /// <summary>Why it cannot compare hidden units with what was read, by the key that stands against it; null where it can.</summary>
    /// <param name="hidden">Hidden units of the decoder.</param>
    /// <param name="features">Features that the encoder puts out.</param>
    public virtual ConfigMistake? Mistake(long hidden, long features) => null;
}

/// <summary>Options of how much classes count in the loss.</summary>
public abstract record ClassWeightOptions;

/// <summary>Options of an initialisation of the weights.</summary>
public abstract record InitializationOptions
{
    [Describe("What the two biases of an LSTM's forget gate, or of a GRU's update gate, which keeps the state too, add up to at the start; as the initialisation draws them if absent.")]
    public double? ForgetGateBias { get; init; }
}

/// <summary>Options of an output layer.</summary>
public abstract record OutputOptions
{
    /// <summary>Why it cannot share its matrix with the embedding; null where it can.</summary>
    public virtual string? CannotBeTied => null;

    /// <summary>Why labels cannot be smoothed with it; null where they can.</summary>
    public virtual string? CannotBeSmoothed => null;
}

/// <summary>Options of what reads words letter by letter.</summary>
public abstract record WordLetterOptions
{
    [Describe("Features of a letter's embedding.")]
    [Bounds(1)]
    public int EmbeddingSize { get; init; } = 25;

    /// <summary>Features of a word.</summary>
    public abstract long OutputSize { get; }
}

/// <summary>Options of an optimizer.</summary>
public abstract record OptimizerOptions
{
    [Describe("The step size, before the schedule's factor.")]
    [Bounds(0, MinimumExcluded = true)]
    public required double LearningRate { get; init; }

    /// <summary>How the optimizer averages weights, where it does that by itself.</summary>
    public virtual AverageOptions? Average => null;
}

/// <summary>Options of an average of the weights along the way.</summary>
public abstract record AverageOptions
{
    /// <summary>True where the validation loss decides when it begins.</summary>
    public virtual bool WaitsForValidation => false;
}

/// <summary>Options of what happens where a loss or a gradient is not finite.</summary>
public abstract record NonFiniteOptions;

/// <summary>Options of a learning-rate schedule.</summary>
public abstract record ScheduleOptions;
