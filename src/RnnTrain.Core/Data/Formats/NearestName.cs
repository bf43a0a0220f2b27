namespace RnnTrain.Data.Formats;

/// <summary>The name among some that a mistyped one most likely meant.</summary>
internal static class NearestName
{
    /// <summary>
    /// The candidate that continues the name (`train.txt` → `train.txt.gz`) or differs from it in the fewest letters, at most a
    /// third of them; null where none is that near. Ties go to the first in ordinal order.
    /// </summary>
    internal static string? Find(string name, IEnumerable<string> candidates)
    {
        var ordered = candidates.OrderBy(candidate => candidate, StringComparer.Ordinal).ToList();
        var continued = ordered.FirstOrDefault(candidate => candidate.StartsWith(name + ".", StringComparison.OrdinalIgnoreCase));
        if (continued is not null) return continued;
        return ordered
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(pair => pair.Distance <= Math.Max(1, name.Length / 3))
            .MinBy(pair => pair.Distance).Name;
    }

    /// <summary>Levenshtein's distance: the fewest insertions, deletions and replacements of a letter, case ignored.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
