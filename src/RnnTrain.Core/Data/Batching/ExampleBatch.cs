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
        Numbers = new int[batchSize];
        Lengths = new long[batchSize];
        Tokens = new long[shape.HasTokens ? steps * batchSize : 0];
        Features = new float[steps * batchSize * shape.Features];
        Classes = new long[shape.Targets switch
        {
            TargetKind.ClassAtEnd => batchSize,
            TargetKind.ClassEachStep => steps * batchSize,
            TargetKind.ClassSetAtEnd => batchSize * shape.Outputs,
            _ => 0,
        }];
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

    /// <summary>Which examples of the split they are, [batch].</summary>
    public int[] Numbers { get; }

    /// <summary>How long each example is, [batch].</summary>
    public long[] Lengths { get; }

    /// <summary>Tokens to read, [time, batch]; empty where a step is real numbers.</summary>
    public long[] Tokens { get; }

    /// <summary>Numbers to read, [time, batch, features]; empty where a step is a token.</summary>
    public float[] Features { get; }

    /// <summary>
    /// The class at the end, [batch]; or 1 for each class of the set at the end and 0 for the others, [batch, classes]; or the class each step or
    /// <see cref="TokenBatch.Ignored"/>, [time, batch]; empty where values or sequences are asked for.
    /// </summary>
    public long[] Classes { get; }

    /// <summary>The sequences that are to be written, without begin and end; null where none are.</summary>
    public PaddedTokens? Target { get; private set; }

    /// <summary>The share of symbols that are read as a model would have written them itself, in place of those that are right; see scheduled sampling.</summary>
    public double OwnShare { get; set; }

    /// <summary>The letters of the tokens; null where they are not read letter by letter.</summary>
    public DistinctWords? Words { get; private set; }

    /// <summary>Numbers that are asked for at the end, [batch, outputs]; empty where classes are.</summary>
    public float[] Values { get; }

    public override ExampleBatch Part(int first, int count)
    {
        var part = new ExampleBatch(Steps, count, Shape) { Index = Index, OwnShare = OwnShare, Target = Target?.Part(first, count), Words = Words?.Part(Lengths, first, count) };
        Numbers.AsSpan(first, count).CopyTo(part.Numbers);
        Lengths.AsSpan(first, count).CopyTo(part.Lengths);
        CopyPart(Tokens, part.Tokens, Steps, first, count);
        CopyPart(Features, part.Features, Steps, first, count);
        CopyPart(Classes, part.Classes, Shape.Targets == TargetKind.ClassEachStep ? Steps : 1, first, count);
        CopyPart(Values, part.Values, 1, first, count);
        part.CountTargets();
        return part;
    }

    /// <summary>Writes the examples into the batch, over what was there.</summary>
    /// <param name="index">Which batch of its pass this becomes.</param>
    /// <param name="numbers">Which examples of the split they are, [batch].</param>
    /// <param name="examples">[batch].</param>
    internal void Fill(int index, ReadOnlySpan<int> numbers, IReadOnlyList<Example> examples)
    {
        Index = index;
        numbers.CopyTo(Numbers);
        Array.Clear(Tokens);
        Array.Clear(Features);
        Array.Clear(Classes);
        for (var place = 0; place < examples.Count; place++)
        {
            var example = examples[place];
            Lengths[place] = example.Length;
            FillInputs(place, example);
            FillTargets(place, example);
        }

        if (Shape.Targets == TargetKind.Sequence) Target = PaddedTokens.Of([.. examples.Select(example => example.Target)], Target);
        if (Shape.Characters > 0) Words = DistinctWords.Of(examples, Steps);
        CountTargets();
    }

    private void CountTargets() => TargetCount = Shape.Targets switch
    {
        TargetKind.ClassEachStep => Classes.Length - Classes.AsSpan().Count(TokenBatch.Ignored),
        TargetKind.Sequence => BatchSize + (int)Target!.Lengths.Sum(), // the end of each is a target too
        _ => BatchSize,
    };

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
                break;
            case TargetKind.ClassSetAtEnd:
                foreach (var chosen in example.Classes) Classes[place * Shape.Outputs + chosen] = 1;
                break;
            case TargetKind.ClassEachStep:
                for (var time = 0; time < Steps; time++) Classes[time * BatchSize + place] = time < example.Length ? example.Classes[time] : TokenBatch.Ignored;
                break;
            case TargetKind.ValuesAtEnd:
                example.Values.CopyTo(Values.AsSpan(place * Shape.Outputs));
                break;
        }
    }
}
