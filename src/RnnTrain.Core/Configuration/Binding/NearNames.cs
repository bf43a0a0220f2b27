namespace RnnTrain.Configuration.Binding;

/// <summary>Finds the name a person meant.</summary>
internal static class NearNames
{
    /// <summary>The nearest of the names, or null where none is near: at most a third of the letters differ.</summary>
    public static string? Nearest(string written, IEnumerable<string> names)
    {
        string? nearest = null;
        var least = int.MaxValue;
        foreach (var name in names)
        {
            var distance = Initials(name) == written ? 1 : Distance(Plain(written), Plain(name));
            if (distance >= least || distance > Math.Max(1, Math.Min(written.Length, name.Length) / 3)) continue;
            (nearest, least) = (name, distance);
        }

        return nearest;
    }

    // `lr` is learning_rate.
    private static string Initials(string name) => name.Contains('_')
        ? string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(part => part[0]))
        : "";

    // learningRate, learning-rate and LEARNING_RATE are learning_rate.
    private static string Plain(string name) => string.Concat(name.Where(c => c is not ('_' or '-' or ' '))).ToLowerInvariant();

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that make one of the other (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var replaced = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] ? table[i - 2, j - 2] + 1 : int.MaxValue;
                table[i, j] = Math.Min(Math.Min(replaced, swapped), Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
            }
        }

        return table[a.Length, b.Length];
    }
}
