using RnnTrain.Configuration;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Problems;
using RnnTrain.Numerics;

namespace RnnTrain.Tests.Data.Problems;

/// <summary>What holds of every problem.</summary>
public sealed class ProblemTableTests
{
    public static TheoryData<string> Problems => [.. ProblemTable.Problems.Entries.Select(entry => entry.Name)];

    [Fact]
    public void There_are_problems_to_test() => Assert.True(Problems.Count >= 5, $"only {Problems.Count} were found");

    [Theory]
    [MemberData(nameof(Problems))]
    public void An_example_has_the_shape_that_the_problem_promises(string name)
    {
        var options = Options(name);
        var problem = ProblemTable.Problems.Create(options, default);
        var shape = problem.Shape;
        Assert.Equal(options.Targets, shape.Targets);
        Assert.Equal(options.GivesTokens, shape.HasTokens);
        foreach (var length in new[] { options.ShortestLength, 17 })
        {
            var example = problem.Draw(new PortableRandom(3), length);
            Assert.True(example.Length >= length);
            Assert.Equal(shape.HasTokens ? example.Length : 0, example.Tokens.Length);
            Assert.Equal(example.Length * shape.Features, example.Features.Length);
            Assert.Equal(ClassesOf(shape, example.Length), example.Classes.Length);
            Assert.Equal(shape.Targets == TargetKind.ValuesAtEnd ? shape.Outputs : 0, example.Values.Length);
            Assert.All(example.Tokens, token => Assert.InRange(token, 0, shape.Vocabulary - 1));
            Assert.All(example.Classes, target => Assert.InRange(target, 0, shape.Outputs - 1));
        }
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void Every_token_and_every_class_occurs(string name)
    {
        var problem = ProblemTable.Problems.Create(Options(name), default);
        var random = new PortableRandom(5);
        Example[] examples = [.. Enumerable.Range(0, 300).Select(_ => problem.Draw(random, 12))];
        Assert.Equal(problem.Shape.Vocabulary, examples.SelectMany(example => example.Tokens).Distinct().Count());
        var classes = examples.SelectMany(example => example.Classes).Distinct().Count();
        Assert.Equal(problem.Shape.Targets is TargetKind.ValuesAtEnd or TargetKind.Sequence ? 0 : problem.Shape.Outputs, classes);
        var written = examples.SelectMany(example => example.Target).Distinct().Count();
        Assert.Equal(problem.Shape.Targets == TargetKind.Sequence ? problem.Shape.Outputs - 2 : 0, written); // without begin and end
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void The_same_random_numbers_give_the_same_example_and_others_another(string name)
    {
        var problem = ProblemTable.Problems.Create(Options(name), default);
        Assert.Equal(Drawn(7), Drawn(7));
        Assert.NotEqual(Drawn(7), Drawn(8));

        string Drawn(ulong seed) => Text(problem.Draw(new PortableRandom(seed), 40));
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void The_baseline_is_told(string name) =>
        Assert.NotEmpty(ProblemTable.Problems.Create(Options(name), default).Baseline(new LengthRange(10, 10)));

    internal static string Text(Example example) =>
        string.Join(' ', [string.Join(',', example.Tokens), string.Join(',', example.Features), string.Join(',', example.Classes), string.Join(',', example.Target), string.Join(',', example.Values)]);

    private static ProblemOptions Options(string name)
    {
        var entry = ProblemTable.Problems.Entries.First(entry => entry.Name == name);
        return (ProblemOptions)Activator.CreateInstance(entry.OptionsType)! with { Length = new LengthRange(5, 5) };
    }

    private static int ClassesOf(ExampleShape shape, int length) => shape.Targets switch
    {
        TargetKind.ClassAtEnd => 1,
        TargetKind.ClassEachStep => length,
        _ => 0,
    };
}
