using RnnTrain.Configuration;
using RnnTrain.Data.Examples;

namespace RnnTrain.Data.Batching;

/// <summary>
/// Separate examples side by side, padded on the right to the longest, as arrays in time-major order: element <c>t · BatchSize + b</c> is time t of
/// example b. Padding reads token or number 0, and nothing of it is scored.
/// </summary>
public sealed class ExampleBatch : Batch
{
    internal ExampleBatch(int steps, int batchSize, ExampleShape shape)
    {
        Shape = shape;
        Steps = steps;
        BatchSize = batchSize;
        Lengths = new long[batchSize];
        Tokens = new long[shape.HasTokens ? steps * batchSize : 0];
        Features = new float[steps * batchSize * shape.Features];
        Classes = new long[shape.Targets switch { TargetKind.ClassAtEnd => batchSize, TargetKind.ClassEachStep => steps * batchSize, _ => 0 }];
        Values = new float[shape.Targets == TargetKind.ValuesAtEnd ? batchSize * shape.Outputs : 0];
    }

    /// <summary>What its examples have in common.</summary>
    public ExampleShape Shape { get; }

    /// <summary>Which batch of its pass this is, from 0.</summary>
    public int Index { get; internal set; }

    /// <summary>Time steps: the length of the longest example.</summary>
    public int Steps { get; }

    /// <summary>Examples.</summary>
    public override int BatchSize { get; }

    public override long StepsRead => Lengths.Sum();

    /// <summary>How long each example is, [batch].</summary>
    public long[] Lengths { get; }

    /// <summary>Tokens to read, [time, batch]; empty where a step is real numbers.</summary>
    public long[] Tokens { get; }

    /// <summary>Numbers to read, [time, batch, features]; empty where a step is a token.</summary>
    public float[] Features { get; }

    /// <summary>The class at the end, [batch]; or the class each step or <see cref="TokenBatch.Ignored"/>, [time, batch]; empty where values are asked for.</summary>
    public long[] Classes { get; }

    /// <summary>The sequences that are to be written, without begin and end; null where none are.</summary>
    public PaddedTokens? Target { get; internal set; }

    /// <summary>The letters of the tokens; null where they are not read letter by letter.</summary>
    public DistinctWords? Words { get; internal set; }

    /// <summary>Numbers that are asked for at the end, [batch, outputs]; empty where classes are.</summary>
    public float[] Values { get; }

    public override ExampleBatch Part(int first, int count)
    {
        var part = new ExampleBatch(Steps, count, Shape) { Index = Index };
        Lengths.AsSpan(first, count).CopyTo(part.Lengths);
        CopyPart(Tokens, part.Tokens, Steps, first, count);
        CopyPart(Features, part.Features, Steps, first, count);
        CopyPart(Classes, part.Classes, Shape.Targets == TargetKind.ClassEachStep ? Steps : 1, first, count);
        CopyPart(Values, part.Values, 1, first, count);
        part.TargetCount = Shape.Targets == TargetKind.ClassEachStep ? part.Classes.Length - part.Classes.AsSpan().Count(TokenBatch.Ignored) : count;
        return part;
    }

    /// <summary>Writes the examples into the batch, over what was there.</summary>
    internal void Fill(int index, IReadOnlyList<Example> examples)
    {
        Index = index;
        TargetCount = 0;
        Array.Clear(Tokens);
        Array.Clear(Features);
        for (var place = 0; place < examples.Count; place++)
        {
            var example = examples[place];
            Lengths[place] = example.Length;
            FillInputs(place, example);
            FillTargets(place, example);
        }
    }

    /// <summary>Some examples of [rows, batch, numbers].</summary>
    private void CopyPart<T>(T[] from, T[] into, int rows, int first, int count)
    {
        var numbers = from.Length / rows / BatchSize; // of an example in a row
        for (var row = 0; row < rows && numbers > 0; row++)
            from.AsSpan((row * BatchSize + first) * numbers, count * numbers).CopyTo(into.AsSpan(row * count * numbers));
    }

    private void FillInputs(int place, Example example)
    {
        for (var time = 0; time < example.Tokens.Length; time++) Tokens[time * BatchSize + place] = example.Tokens[time];
        var features = Shape.Features;
        for (var time = 0; time < example.Length && features > 0; time++)
            example.Features.AsSpan(time * features, features).CopyTo(Features.AsSpan((time * BatchSize + place) * features));
    }

    private void FillTargets(int place, Example example)
    {
        switch (Shape.Targets)
        {
            case TargetKind.ClassAtEnd:
                Classes[place] = example.Classes[0];
                TargetCount++;
                break;
            case TargetKind.ClassEachStep:
                for (var time = 0; time < Steps; time++)
                {
                    var target = time < example.Length ? example.Classes[time] : TokenBatch.Ignored;
                    Classes[time * BatchSize + place] = target;
                    if (target != TokenBatch.Ignored) TargetCount++;
                }

                break;
            default:
                example.Values.CopyTo(Values.AsSpan(place * Shape.Outputs));
                TargetCount++;
                break;
        }
    }
}
