namespace RnnTrain.Configuration;

/// <summary>Which files hold the data, how they are read, and how they become batches.</summary>
public sealed record DataOptions
{
    [Describe("How the files are read.")]
    public required FormatOptions Format { get; init; }

    [Describe("The training data: a path or a glob below the data root, or a list of them; a glob after ! takes its files away.")]
    public IReadOnlyList<string> Train { get; init; } = [];

    [Describe("The validation data; none with `split`, or when nothing is to be validated.")]
    public IReadOnlyList<string> Validation { get; init; } = [];

    [Describe("The test data.")]
    public IReadOnlyList<string> Test { get; init; } = [];

    [Describe("Shares of the training data's end that are held out, for data without files of its own for validation and test.")]
    public SplitOptions Split { get; init; } = new();

    [Describe("Only so many tokens or examples from the beginning of each split, for a small experiment on large data.")]
    public LimitOptions Limit { get; init; } = new();

    [Describe("Training examples of text that are longer are left out; validation and test lose none.")]
    public MaximumLengthOptions? MaximumLength { get; init; }

    [Describe("How text becomes numbers; needed where the format gives text, refused where it gives numbers.")]
    public TokenOptions? Tokens { get; init; }

    [Describe("How the text that is written becomes numbers, where examples are pairs of texts; as `tokens` if absent, with a vocabulary of its own.")]
    public TokenOptions? WrittenTokens { get; init; }

    [Describe("One vocabulary for the text that is read and the text that is written, made from both.")]
    public bool SharedVocabulary { get; init; }

    [Describe("Where the numbers are kept that text becomes: auto (in memory up to a quarter of what the process may use, the rest in a temporary file), memory, or disk (all in a temporary file). The file is in the folder that the environment variable TMPDIR names, else in /var/tmp or the system's folder for such files, and goes when the process ends. The results are the same.")]
    public DataStorage Storage { get; init; } = DataStorage.Auto;

    [Describe("How examples are put in batches.")]
    public required BatchingOptions Batching { get; init; }
}

/// <summary>Shares of the training data that are held out from its end: first training, then validation, then test.</summary>
public sealed record SplitOptions
{
    [Describe("The share held out for validation.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Validation { get; init; }

    [Describe("The share held out for the test.")]
    [Bounds(0, 1, MaximumExcluded = true)]
    public double Test { get; init; }
}

/// <summary>How long training examples may be.</summary>
public sealed record MaximumLengthOptions
{
    [Describe("Tokens that are read; any number if absent.")]
    [Bounds(1)]
    public int? Read { get; init; }

    [Describe("Tokens that are written; any number if absent.")]
    [Bounds(1)]
    public int? Written { get; init; }

    /// <summary>Whether an example that is so long is kept.</summary>
    public bool Allows(int read, int written) => !(read > Read) && !(written > Written);
}

/// <summary>How many tokens or examples of each split are used, from its beginning; what is held out is held out before.</summary>
public sealed record LimitOptions
{
    [Describe("Of the training data, which alone decides the vocabulary; all if absent.")]
    [Bounds(2)]
    public int? Train { get; init; }

    [Describe("Of the validation data; all if absent.")]
    [Bounds(2)]
    public int? Validation { get; init; }

    [Describe("Of the test data; all if absent.")]
    [Bounds(2)]
    public int? Test { get; init; }
}
