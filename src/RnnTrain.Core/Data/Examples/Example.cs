namespace RnnTrain.Data.Examples;

/// <summary>One sequence to read and what to tell of it, as its <see cref="ExampleShape"/> says.</summary>
public sealed class Example
{
    /// <summary>Time steps.</summary>
    public required int Length { get; init; }

    /// <summary>A token each step, [time]; empty where a step is real numbers.</summary>
    public int[] Tokens { get; init; } = [];

    /// <summary>The real numbers of step after step, [time · features]; empty where a step is a token.</summary>
    public float[] Features { get; init; } = [];

    /// <summary>One class; or a set of them; or one each step, or <see cref="Batching.TokenBatch.Ignored"/> where none is asked for, [time].</summary>
    public int[] Classes { get; init; } = [];

    /// <summary>The letters of each token, [time][letters]; empty where tokens are not read letter by letter.</summary>
    public int[][] Characters { get; init; } = [];

    /// <summary>The tokens that are to be written, [target time], the end symbol not among them.</summary>
    public int[] Target { get; init; } = [];

    /// <summary>The real numbers that are asked for.</summary>
    public float[] Values { get; init; } = [];
}
