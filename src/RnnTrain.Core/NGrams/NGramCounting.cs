namespace RnnTrain.NGrams;

/// <summary>
/// Counts the n-grams of a text. The places of the text are sorted by the tokens that begin there, by a counting sort for each token of
/// the window; then equal n-grams stand together, and each table is one sweep over the places. That takes time in proportion to
/// length · order, and 13 bytes a token besides the tables.
/// </summary>
public static class NGramCounting
{
    /// <summary>The tables of the 1-grams, 2-grams, … of a text.</summary>
    /// <param name="text">Tokens, at least one, each from 0 to <paramref name="vocabulary"/> − 1.</param>
    /// <param name="order">The length of the longest n-grams, from 1.</param>
    /// <param name="vocabulary">Different tokens.</param>
    /// <exception cref="ArgumentException">The text is empty or holds other tokens.</exception>
    public static IReadOnlyList<NGramTable> Count(int[] text, int order, int vocabulary)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        if (text.Length == 0) throw new ArgumentException("a text of no tokens", nameof(text));
        if (text.Any(token => token < 0 || token >= vocabulary))
            throw new ArgumentException($"a token beyond the vocabulary of {vocabulary}", nameof(text));
        var places = Sorted(text, order, vocabulary);
        var common = CommonPrefixes(text, places, order);
        return [.. Enumerable.Range(1, order).Select(length => Table(text, places, common, length, order))];
    }

    /// <summary>The places of a text, ordered by the windows that begin there; where the text ends, nothing comes before every token.</summary>
    private static int[] Sorted(int[] text, int window, int vocabulary)
    {
        var places = new int[text.Length];
        for (var place = 0; place < places.Length; place++) places[place] = place;
        var next = new int[text.Length];
        var starts = new int[vocabulary + 1];
        for (var offset = window - 1; offset >= 0; offset--)
        {
            Array.Clear(starts);
            for (var place = 0; place < text.Length; place++) starts[Key(place)]++;
            for (int key = 0, start = 0; key < starts.Length; key++) (starts[key], start) = (start, start + starts[key]);
            foreach (var place in places) next[starts[Key(place)]++] = place;
            (places, next) = (next, places);

            int Key(int place) => place + offset < text.Length ? text[place + offset] + 1 : 0;
        }

        return places;
    }

    /// <summary>How many tokens each window, in sorted order, has in common with the one before it.</summary>
    private static byte[] CommonPrefixes(int[] text, int[] places, int window)
    {
        var common = new byte[places.Length];
        for (var i = 1; i < places.Length; i++)
        {
            var (here, before) = (places[i], places[i - 1]);
            var most = Math.Min(window, text.Length - Math.Max(here, before));
            var length = 0;
            while (length < most && text[here + length] == text[before + length]) length++;
            common[i] = (byte)length;
        }

        return common;
    }

    private static NGramTable Table(int[] text, int[] places, byte[] common, int length, int order)
    {
        var (tokens, firstChild) = (new List<int>(), new List<int>());
        var nodeAt = new int[text.Length]; // of the n-gram that begins at a place
        var children = 0;
        for (var i = 0; i < places.Length; i++)
        {
            var place = places[i];
            if (place + length > text.Length) continue;
            if (common[i] < length)
            {
                tokens.Add(text[place + length - 1]);
                firstChild.Add(children);
            }

            nodeAt[place] = tokens.Count - 1;
            if (length < order && IsNew(i, length + 1)) children++;
        }

        firstChild.Add(children);
        var counts = new int[tokens.Count];
        for (var i = 0; i < places.Length; i++)
        {
            if (length == order && places[i] + length <= text.Length) counts[nodeAt[places[i]]]++;
            else if (length < order && IsNew(i, length + 1)) counts[nodeAt[places[i] + 1]]++; // one more token before it
        }

        return new NGramTable([.. tokens], counts, [.. firstChild]);

        // whether the n-gram of that length at a place is the first of its kind
        bool IsNew(int i, int size) => places[i] + size <= text.Length && common[i] < size;
    }
}
