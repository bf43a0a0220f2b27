using System.Runtime.InteropServices;
using RnnTrain.Tensors;

namespace RnnTrain.Commands;

/// <summary>
/// Turns Ctrl-C, SIGTERM and SIGHUP (a terminal or connection that closes) into a cancelled token, and remembers which it was. The
/// process goes on until the command has saved; a second signal changes nothing, so that an impatient Ctrl-C cannot cost a checkpoint. Where there is
/// nothing to save yet, it ends at once.
/// </summary>
public sealed class StopSignals : IDisposable
{
    private readonly SignalMask mask;
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private volatile bool endsAtOnce;

    public StopSignals()
    {
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, ExitCodes.Interrupted)));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, ExitCodes.Terminated)));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, ExitCodes.Terminated)));
        mask = new SignalMask(); // after the registrations, which start the thread that takes signals
    }

    public CancellationToken Token => source.Token;

    /// <summary>130 after Ctrl-C, 143 after SIGTERM or SIGHUP: the first that came.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Does what may be cut off anywhere, as the reading of data may, which takes minutes where there is much: a signal then ends the process at once.</summary>
    public T Preparing<T>(Func<T> prepare)
    {
        endsAtOnce = true;
        try
        {
            return prepare();
        }
        finally
        {
            endsAtOnce = false;
        }
    }

    public void Dispose()
    {
        mask.Dispose();
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void Stop(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (ExitCode == 0) ExitCode = exitCode;
        source.Cancel();
        if (endsAtOnce) Environment.Exit(exitCode);
    }
}
