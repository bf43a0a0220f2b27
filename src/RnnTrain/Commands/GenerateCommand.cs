using System.CommandLine;
using RnnTrain.Composition;
using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Generation;

namespace RnnTrain.Commands;

/// <summary>`rnn generate RUN`: a trained language model continues a text.</summary>
public static class GenerateCommand
{
    private const int DefaultLength = 200;

    public static Command Create(Terminal terminal)
    {
        var run = SharedOptions.Run();
        var prompt = new Option<string>("--prompt") { Description = "What the text begins with.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var length = new Option<int>("--length") { Description = "Tokens to write.", HelpName = "N", DefaultValueFactory = _ => DefaultLength };
        var temperature = new Option<double>("--temperature") { Description = "Below 1 sharper, above 1 flatter than what was learned; 0 takes the likeliest token.", HelpName = "T", DefaultValueFactory = _ => 1.0 };
        var topK = new Option<int?>("--top-k") { Description = "Draw from so many of the likeliest tokens only.", HelpName = "K" };
        var topP = new Option<double?>("--top-p") { Description = "Draw from the fewest tokens whose probabilities sum to this.", HelpName = "P" };
        var seed = new Option<long>("--seed") { Description = "The same seed gives the same text.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var checkpoint = SharedOptions.Checkpoint();
        var sets = SharedOptions.Sets();
        var runsRoot = SharedOptions.RunsRoot();
        var command = new Command("generate", "A trained language model continues a text.")
        {
            run, prompt, length, temperature, topK, topP, seed, checkpoint, sets, runsRoot,
        };
        command.SetAction(parsed =>
        {
            var text = new WrittenText(
                parsed.GetValue(prompt) ?? "",
                parsed.GetValue(length) is var tokens and >= 1 ? tokens : throw new UserMistakeException("--length: give 1 or more"),
                new SamplingOptions { Temperature = parsed.GetValue(temperature), TopK = parsed.GetValue(topK), TopP = parsed.GetValue(topP) },
                parsed.GetValue(seed));
            using var signals = new StopSignals();
            using var trained = TrainedRun.Open(
                parsed.GetRequiredValue(run), parsed.GetRequiredValue(runsRoot), parsed.GetRequiredValue(checkpoint), parsed.GetValue(sets));
            if (trained.Remark is { } remark) terminal.Error.WriteLine(remark);
            using var model = trained.LanguageModel();
            var tokenizer = TokenTable.Create(trained.Loaded.Config.Data.Tokens!); // a language model reads text
            text.WriteTo(terminal.Output, model, tokenizer, trained.Lexicon!.Tokens!, trained.Device, signals.Token);
            return signals.ExitCode;
        });
        return command;
    }
}
