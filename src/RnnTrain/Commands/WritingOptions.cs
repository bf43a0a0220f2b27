using System.CommandLine;
using RnnTrain.Configuration;
using RnnTrain.Generation;
using RnnTrain.Prediction;

namespace RnnTrain.Commands;

/// <summary>The options of commands that let a model write: search or chance.</summary>
public sealed class WritingOptions
{
    private readonly Option<int?> beam = new("--beam") { Description = "Beginnings that the search for the likeliest text follows; 1 is greedy. Default: decoding.beam of the run.", HelpName = "N" };
    private readonly Option<double?> temperature = new("--temperature") { Description = "Draw texts by chance in place of searching: below 1 closer to the likeliest, 1 as learned; 0 is greedy.", HelpName = "T" };
    private readonly Option<int?> topK = new("--top-k") { Description = "Draw from so many of the likeliest tokens only.", HelpName = "K" };
    private readonly Option<double?> topP = new("--top-p") { Description = "Draw from the fewest tokens whose probabilities sum to this.", HelpName = "P" };
    private readonly Option<long> seed = new("--seed") { Description = "The same seed gives the same texts.", HelpName = "N", DefaultValueFactory = _ => 1 };

    public WritingOptions(Command command)
    {
        foreach (var option in new Option[] { beam, temperature, topK, topP, seed }) command.Options.Add(option);
    }

    /// <summary>Overrides of the run's configuration that they stand for.</summary>
    public IReadOnlyList<string> Sets(ParseResult parsed) => parsed.GetValue(beam) is { } wanted ? [FormattableString.Invariant($"decoding.beam={wanted}")] : [];

    /// <summary>What they say of predictions.</summary>
    /// <exception cref="UserMistakeException">Search and chance are asked for at once, or a number is out of its range.</exception>
    public PredictionOptions Of(ParseResult parsed)
    {
        var isDrawn = parsed.GetValue(temperature) is not null || parsed.GetValue(topK) is not null || parsed.GetValue(topP) is not null;
        if (isDrawn && parsed.GetValue(beam) is not null)
            throw new UserMistakeException("--beam: it searches for the likeliest text, and --temperature, --top-k and --top-p draw one; give one or the other");
        var sampling = new SamplingOptions { Temperature = parsed.GetValue(temperature) ?? 1, TopK = parsed.GetValue(topK), TopP = parsed.GetValue(topP) };
        sampling.Check();
        return new PredictionOptions { Sampling = isDrawn ? sampling : null, Seed = parsed.GetValue(seed) };
    }
}
