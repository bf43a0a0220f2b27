using System.CommandLine;
using System.Runtime.InteropServices;
using RnnTrain.Composition;
using RnnTrain.Configuration;

namespace RnnTrain.Commands;

/// <summary>The `rnn` command line: parses, runs one command, and turns what went wrong into one clear line and an exit code.</summary>
public static class CommandLine
{
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where mistakes go.</param>
    /// <param name="input">Opens what is read; null for the standard input.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, Func<Stream>? input = null)
    {
        var root = Root(new Terminal(output, error) { Input = input ?? Console.OpenStandardInput });
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var mistake in parsed.Errors) error.WriteLine($"rnn: {mistake.Message}");
            error.WriteLine("rnn: see `rnn --help`");
            return ExitCodes.Mistake;
        }
        return Guard(error, () => parsed.Invoke(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // the library would end the process two seconds after Ctrl-C, checkpoint or not
        }));
    }

    private static RootCommand Root(Terminal terminal) => new("Trains recurrent networks from one configuration file.")
    {
        TrainCommand.Create(terminal),
        EvaluateCommand.Create(terminal),
        PredictCommand.Create(terminal),
        ChatCommand.Create(terminal),
        GenerateCommand.Create(terminal),
        ReportCommand.Create(terminal),
        DiagnoseCommand.Create(terminal),
        CheckCommand.Create(terminal),
        InspectCommand.Create(terminal),
        ListCommand.Create(terminal),
        DataCommand.Create(terminal),
        SchemaCommand.Create(terminal),
        BenchCommand.Create(terminal),
        DoctorCommand.Create(terminal),
    };

    private static int Guard(TextWriter error, Func<int> command)
    {
        try
        {
            return command();
        }
        catch (UserMistakeException mistake)
        {
            foreach (var line in mistake.Lines) error.WriteLine(line); // begins with file:line:column where there is one, as editors like it
            return ExitCodes.Mistake;
        }
        catch (MissingCapabilityException missing)
        {
            error.WriteLine($"rnn: {missing.Message}");
            return ExitCodes.MissingCapability;
        }
        catch (DllNotFoundException missing)
        {
            error.WriteLine($"rnn: {missing.Message}; `rnn doctor` says what to do");
            return ExitCodes.MissingCapability;
        }
        catch (ExternalException full) when (IsOutOfMemory(full))
        {
            error.WriteLine($"rnn: the memory does not suffice ({full.Message.Split('\n')[0]}); make the model, data.batching.batch_size or data.batching.steps smaller");
            return ExitCodes.MissingCapability;
        }
        catch (TrainingDivergedException diverged)
        {
            error.WriteLine($"rnn: {diverged.Message}");
            return ExitCodes.Diverged;
        }
        catch (Exception bug)
        {
            error.WriteLine($"rnn: a bug in rnn, please report it: {bug}");
            return ExitCodes.Bug;
        }
    }

    // What the allocators of the CPU and of CUDA say.
    private static bool IsOutOfMemory(ExternalException error) =>
        error.Message.Contains("can't allocate memory", StringComparison.Ordinal) || error.Message.Contains("out of memory", StringComparison.Ordinal);
}
