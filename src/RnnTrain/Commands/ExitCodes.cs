namespace RnnTrain.Commands;

/// <summary>What the process tells the shell.</summary>
public static class ExitCodes
{
    public const int Done = 0;
    public const int Bug = 1;
    public const int Mistake = 2;
    public const int MissingCapability = 3;
    public const int Diverged = 4;
    public const int Interrupted = 130;
    public const int Terminated = 143;
}
