namespace RnnTrain.Data.Examples;

/// <summary>The examples of one split.</summary>
public interface IExampleSource
{
    /// <summary>Examples of one pass.</summary>
    int Count { get; }

    /// <summary>An example: a pure function of its place.</summary>
    /// <param name="epoch">The pass, from 1; 0 for an evaluation.</param>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    Example Make(int epoch, int index);

    /// <summary>How long an example is. Whoever stores examples can tell without making them.</summary>
    /// <inheritdoc cref="Make"/>
    ExampleLength LengthOf(int epoch, int index)
    {
        var example = Make(epoch, index);
        return new ExampleLength(example.Length, example.Target.Length);
    }

    /// <summary>For people: how many there are and how long.</summary>
    string Description { get; }
}
