namespace RnnTrain.NGrams;

/// <summary>
/// All different n-grams of one length k in a text, in the order of their tokens: one level of a tree whose level k + 1 holds the
/// continuations. Node u of level k has the children FirstChild[u] to FirstChild[u + 1] − 1 in the next level's arrays.
/// </summary>
/// <param name="Tokens">The last token of each; the tokens before it are its parent's.</param>
/// <param name="Counts">
/// How often each occurs, for the longest n-grams; for shorter ones Kneser and Ney's count, how many different tokens stand before it.
/// </param>
/// <param name="FirstChild">One more than there are n-grams, rising; all 0 for the longest, which have no children.</param>
public sealed record NGramTable(int[] Tokens, int[] Counts, int[] FirstChild)
{
    /// <summary>The number of different n-grams.</summary>
    public int Size => Tokens.Length;
}
