using System.CommandLine;
using RnnTrain.Composition;
using RnnTrain.Configuration;

namespace RnnTrain.Commands;

/// <summary>`rnn list KIND`: the components that a configuration can name.</summary>
public static class ListCommand
{
    public static Command Create(Terminal terminal)
    {
        var kinds = Registries.All.Select(registry => registry.Kind).ToArray();
        var kind = new Argument<string?>("kind") { Description = $"One of {string.Join(", ", kinds)}; all if absent.", Arity = ArgumentArity.ZeroOrOne };
        kind.AcceptOnlyFromAmong(kinds);
        var command = new Command("list", "Lists the components that a configuration can name.") { kind };
        command.SetAction(parsed =>
        {
            var asked = parsed.GetValue(kind);
            foreach (var registry in Registries.All.Where(registry => asked is null || registry.Kind == asked)) Write(terminal.Output, registry);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(TextWriter output, IRegistry registry)
    {
        output.WriteLine($"{registry.Kind}:");
        var width = registry.Entries.Max(entry => entry.Name.Length);
        foreach (var entry in registry.Entries) output.WriteLine($"  {entry.Name.PadRight(width)}  {entry.Summary}");
    }
}
