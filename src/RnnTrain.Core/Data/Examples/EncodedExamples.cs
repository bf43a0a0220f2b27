using System.Globalization;

namespace RnnTrain.Data.Examples;

/// <summary>A few examples that are at hand, as those of one prediction.</summary>
/// <param name="examples">In their order.</param>
/// <param name="unit">What a token is called, in the singular.</param>
public sealed class EncodedExamples(IReadOnlyList<Example> examples, string unit) : IExampleSource
{
    public int Count => examples.Count;

    public string Description
    {
        get
        {
            var (shortest, longest) = (examples.Min(example => example.Length), examples.Max(example => example.Length));
            return string.Create(
                CultureInfo.InvariantCulture, $"{Count:N0} examples, {examples.Sum(example => (long)example.Length):N0} {unit}s, {shortest} to {longest} each");
        }
    }

    public Example Make(int epoch, int index) => examples[index];

    public ExampleLength LengthOf(int epoch, int index) => new(examples[index].Length, examples[index].Target.Length);
}
