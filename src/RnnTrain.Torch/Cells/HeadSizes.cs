using RnnTrain.Configuration;

namespace RnnTrain.Cells;

/// <summary>The rule by which hidden units are divided among heads: equally.</summary>
internal static class HeadSizes
{
    /// <summary>Why so many hidden units cannot be divided among so many heads, and the nearest numbers that can; null where they can.</summary>
    public static ConfigMistake? Mistake(int heads, long hiddenSize)
    {
        if (hiddenSize % heads == 0) return null;
        var possible = Enumerable.Range(1, (int)Math.Min(hiddenSize, int.MaxValue - 1)).Where(count => hiddenSize % count == 0);
        var nearest = possible.OrderBy(count => Math.Abs(count - heads)).Take(2).Order();
        return new ConfigMistake(
            "model.cell.heads", $"{hiddenSize} hidden units cannot be divided among {heads} heads; use {string.Join(" or ", nearest)}");
    }
}
