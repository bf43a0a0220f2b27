namespace RnnTrain.Configuration.Sources;

/// <summary>The mistakes found so far, so that all are reported at once.</summary>
internal sealed class MistakeList
{
    private readonly List<(Position At, string Line)> mistakes = [];

    /// <param name="path">The dotted key it is about; empty for a file as a whole.</param>
    public void Add(Position at, string path, string what) => mistakes.Add((at, LineOf(at, path, what)));

    /// <exception cref="UserMistakeException">There is at least one mistake.</exception>
    public void ThrowIfAny()
    {
        if (mistakes.Count > 0) throw ToException();
    }

    public UserMistakeException ToException() => new(InReadingOrder());

    /// <summary>Adds the mistake and ends here, for what makes further reading pointless.</summary>
    public UserMistakeException Fatal(Position at, string path, string what)
    {
        Add(at, path, what);
        return ToException();
    }

    private static string LineOf(Position at, string path, string what)
    {
        var line = path.Length == 0 || at.File == Overrides.NameOf(path) ? $"{at}: {what}" : $"{at}: {path}: {what}";
        // What the user wrote can hold line ends and escape sequences of terminals.
        return line.Any(char.IsControl) ? string.Concat(line.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : line;
    }

    private List<string> InReadingOrder()
    {
        var files = mistakes.Select(mistake => mistake.At.File).Distinct().ToList();
        return [.. mistakes
            .OrderBy(mistake => files.IndexOf(mistake.At.File))
            .ThenBy(mistake => mistake.At.Line)
            .ThenBy(mistake => mistake.At.Column)
            .Select(mistake => mistake.Line)
            .Distinct()];
    }
}
