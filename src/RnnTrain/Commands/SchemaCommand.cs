using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using RnnTrain.Composition;
using RnnTrain.Configuration;

namespace RnnTrain.Commands;

/// <summary>`rnn schema`: the JSON Schema of configuration files, for editors that complete and check them.</summary>
public static class SchemaCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("schema", "Prints the JSON Schema of configuration files, for editors.");
        command.SetAction(_ =>
        {
            terminal.Output.WriteLine(ConfigurationSchema.Generate(Registries.All).ToJsonString(Readable));
            return ExitCodes.Done;
        });
        return command;
    }
}
