namespace RnnTrain.Composition;

/// <summary>Where a command writes: results to one stream, mistakes and remarks to the other.</summary>
public sealed record Terminal(TextWriter Output, TextWriter Error)
{
    /// <summary>How the user calls this program, for the commands it suggests: scripts/rnn says so in RNN_PROGRAM.</summary>
    public static string Program => Environment.GetEnvironmentVariable("RNN_PROGRAM") is { Length: > 0 } name ? name : "rnn";

    /// <summary>Opens what a command reads.</summary>
    public Func<Stream> Input { get; init; } = Console.OpenStandardInput;

    /// <summary>True where a person looks on: live progress makes sense.</summary>
    public bool IsInteractive => ReferenceEquals(Output, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>True where a person also types.</summary>
    public bool IsConversation => IsInteractive && !Console.IsInputRedirected;
}
