using System.CommandLine;
using System.Text;
using RnnTrain.Composition;

namespace RnnTrain.Commands;

/// <summary>`rnn chat RUN`: a conversation with a trained model in the terminal, or line by line through a pipe.</summary>
public static class ChatCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = SharedOptions.Run();
        var checkpoint = SharedOptions.Checkpoint();
        var sets = SharedOptions.Sets();
        var runsRoot = SharedOptions.RunsRoot();
        var command = new Command("chat", "A conversation with a model that was trained on prompts and replies or on dialogues. /help says what else can be typed.") { run, checkpoint, sets, runsRoot };
        var writing = new WritingOptions(command);
        command.SetAction(parsed =>
        {
            var options = writing.Of(parsed) with { MostTexts = 1 };
            using var signals = new StopSignals();
            using var trained = TrainedRun.Open(
                parsed.GetRequiredValue(run), parsed.GetRequiredValue(runsRoot), parsed.GetRequiredValue(checkpoint), [.. parsed.GetValue(sets) ?? [], .. writing.Sets(parsed)]);
            if (trained.Remark is { } remark) terminal.Error.WriteLine(remark);
            using var replier = new RunReplier(trained, options);
            var lines = new StreamReader(terminal.Input(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            var conversation = new Conversation(replier, terminal.Output, terminal.IsConversation ? terminal.Output : terminal.Error, terminal.IsConversation);
            conversation.Run(lines, signals.Token);
            return signals.ExitCode != ExitCodes.Done ? signals.ExitCode : conversation.Mistakes > 0 && !terminal.IsConversation ? ExitCodes.Mistake : ExitCodes.Done;
        });
        return command;
    }
}
