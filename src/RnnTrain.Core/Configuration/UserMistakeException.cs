namespace RnnTrain.Configuration;

/// <summary>A mistake in what the user wrote (arguments, configuration, data): one line each, exit code 2, no stack trace.</summary>
public sealed class UserMistakeException(IReadOnlyList<string> lines) : Exception(string.Join('\n', lines))
{
    public UserMistakeException(string line) : this([line])
    {
    }

    /// <summary>One line a mistake: where, what, and what to do.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;
}
