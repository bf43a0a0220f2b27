using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Examples;
using RnnTrain.Generation;
using RnnTrain.Models;
using RnnTrain.Prediction;
using RnnTrain.Tasks;

namespace RnnTrain.Composition;

/// <summary>The second run of maximum mutual information: trained the other way, or a language model.</summary>
public static class RerankingRun
{
    private const string Key = "decoding.reranking.run";

    /// <summary>What it makes of texts, on the device of the first run.</summary>
    /// <param name="options">Which run, and how much it counts.</param>
    /// <param name="runsRoot">Where runs are named from.</param>
    /// <param name="first">The configuration of the first run, whose device and threads it shares.</param>
    /// <exception cref="UserMistakeException">There is no such run, or it can judge no texts.</exception>
    public static IReranker Open(RerankingOptions options, string runsRoot, ExperimentConfig first)
    {
        using var run = TrainedRun.Open(options.Run, runsRoot, "best", [$"device={first.Device}", $"threads={first.Threads}"]);
        var config = run.Loaded.Config;
        if (config.Task is LanguageModelingOptions) return LanguageModel(options, run);
        if (!TextEvaluation.IsOf(config))
            throw new UserMistakeException($"{Key}: the task of {run.Folder.Path} is {TaskTable.Tasks.NameOf(config.Task)}; name a run of sequence_to_sequence trained the other way, or of language_modeling");
        if (options.FirstTokens is not null)
            throw new UserMistakeException($"decoding.reranking.first_tokens: {run.Folder.Path} is no language model, and judges whole texts; remove the key");
        var encoder = new TextExampleEncoder(config.Data, run.Lexicon!);
        return new ReverseReranker(options, run.EncoderDecoder(), encoder.Read, encoder.Written!, run.Device);
    }

    private static LanguageModelReranker LanguageModel(RerankingOptions options, TrainedRun run)
    {
        var (model, device) = (run.LanguageModel(), run.Device);
        var tokenizer = TokenTable.Create(run.Loaded.Config.Data.Tokens!);
        var start = TextGenerator.StartToken(tokenizer, run.Lexicon!.Tokens!);
        ITokenPredictor Begin() => model is NGramModel counted ? new NGramPredictor(counted.Counted) : new LanguageModelPredictor((LanguageModel)model, device);
        return new LanguageModelReranker(options, Begin, start, new TextEncoder(tokenizer, run.Lexicon.Tokens!), model);
    }
}
