namespace RnnTrain.Metrics.Text;

/// <summary>How often each n-gram of words occurs in a segment.</summary>
internal static class NGramCounts
{
    /// <summary>By n-gram; its words are joined by a space, which no word holds.</summary>
    /// <param name="words">Words without white space.</param>
    /// <param name="order">Words of an n-gram.</param>
    public static Dictionary<string, int> Of(string[] words, int order)
    {
        var counts = new Dictionary<string, int>(Math.Max(0, words.Length - order + 1), StringComparer.Ordinal);
        for (var start = 0; start + order <= words.Length; start++)
        {
            var gram = order == 1 ? words[start] : string.Join(' ', words, start, order);
            counts[gram] = counts.GetValueOrDefault(gram) + 1;
        }

        return counts;
    }
}
