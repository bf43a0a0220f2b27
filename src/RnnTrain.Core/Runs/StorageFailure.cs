using RnnTrain.Configuration;

namespace RnnTrain.Runs;

/// <summary>A file or folder that the disk did not take, told in one line: where, why, and what to do.</summary>
public static class StorageFailure
{
    // What the operating system reports: errno of Linux, or the low half of a Windows HRESULT.
    private const int ReadOnlyFileSystem = 30;
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int WindowsHandleDiskFull = 39;
    private const int WindowsDiskFull = 112;

    /// <summary>True for exceptions that the file system raises: a full disk, a refused permission, a failing device.</summary>
    public static bool Is(Exception error) => error is IOException or UnauthorizedAccessException;

    public static bool IsDiskFull(Exception error) =>
        error is IOException && (OperatingSystem.IsWindows()
            ? (error.HResult & 0xFFFF) is WindowsDiskFull or WindowsHandleDiskFull
            : error.HResult is NoSpace or QuotaExceeded);

    /// <summary>The failure as a mistake of exit code 2.</summary>
    /// <param name="error">What the file system raised.</param>
    /// <param name="path">What was being written.</param>
    /// <param name="remedy">What to do, as the end of the sentence.</param>
    public static UserMistakeException Explain(Exception error, string path, string remedy) =>
        new($"{path}: cannot write: {Reason(error)}; {remedy}");

    private static string Reason(Exception error) => error switch
    {
        _ when IsDiskFull(error) => "no space is left on the disk",
        UnauthorizedAccessException => "permission denied",
        IOException { HResult: ReadOnlyFileSystem } when !OperatingSystem.IsWindows() => "the file system is read-only",
        _ => error.Message.TrimEnd('.'),
    };
}
