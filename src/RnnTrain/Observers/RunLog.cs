using RnnTrain.Runs;
using Serilog;
using Serilog.Core;
using Serilog.Formatting.Json;

namespace RnnTrain.Observers;

/// <summary>Opens the log of a run: run.log for people, run.log.jsonl with the same events for machines.</summary>
public static class RunLog
{
    public static Logger Open(RunFolder run) => new LoggerConfiguration()
        .WriteTo.File(run.LogFile, outputTemplate: "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {Message:lj}{NewLine}{Exception}",
            formatProvider: System.Globalization.CultureInfo.InvariantCulture)
        .WriteTo.File(new JsonFormatter(renderMessage: true), run.JsonLogFile)
        .CreateLogger();
}
