namespace RnnTrain.Metrics.Text;

/// <summary>
/// The edit distance between a sequence of words and the one that it should be (Levenshtein 1966), by dynamic programming in a band around the
/// diagonal, as wide as Tercom's.
/// </summary>
internal sealed class EditTable
{
    private const int HalfBand = 25; // words
    private const int Unreached = int.MaxValue / 2;

    private readonly int[] aim;
    private readonly int[] words;
    private readonly int[][] costs; // [words + 1][aim + 1]
    private readonly Edit[][] edits; // [words + 1][aim + 1]
    private readonly int[][] scratchCosts; // the same for sequences of the same length that are only tried
    private readonly Edit[] untold; // their edits, which nobody asks for

    public EditTable(int[] aim, int[] words)
    {
        this.aim = aim;
        this.words = words;
        costs = Rows<int>();
        edits = Rows<Edit>();
        scratchCosts = Rows<int>();
        untold = new Edit[aim.Length + 1];
        for (var column = 0; column <= aim.Length; column++) (costs[0][column], edits[0][column]) = (column, Edit.Insert);
        for (var row = 1; row <= words.Length; row++) FillRow(row, words[row - 1], costs[row - 1], costs[row], edits[row]);
    }

    private enum Edit : byte
    {
        None,
        Keep,
        Replace,
        Delete,
        Insert,
    }

    public int Distance => costs[words.Length][aim.Length];

    /// <summary>The distance of another sequence of the same length; rows of a common beginning are not computed again.</summary>
    public int DistanceOf(int[] other)
    {
        var same = words.AsSpan().CommonPrefixLength(other);
        for (var row = same + 1; row <= other.Length; row++)
            FillRow(row, other[row - 1], row == same + 1 ? costs[same] : scratchCosts[row - 1], scratchCosts[row], untold);
        return same == other.Length ? Distance : scratchCosts[other.Length][aim.Length];
    }

    /// <summary>Which word goes with which along the cheapest way.</summary>
    public WordAlignment Align()
    {
        var places = new int[aim.Length];
        var isWrongRead = new bool[aim.Length];
        var isWrongWritten = new bool[words.Length];
        for (var (row, column) = (words.Length, aim.Length); row > 0 || column > 0;)
        {
            var edit = edits[row][column];
            if (edit is Edit.Insert)
            {
                places[--column] = row - 1; // behind the last word written before it
                isWrongRead[column] = true;
                continue;
            }

            row--;
            isWrongWritten[row] = edit != Edit.Keep;
            if (edit is Edit.Delete) continue;
            places[--column] = row;
            isWrongRead[column] = edit != Edit.Keep;
        }

        return new WordAlignment(places, isWrongRead, isWrongWritten);
    }

    private T[][] Rows<T>()
    {
        var rows = new T[words.Length + 1][];
        for (var row = 0; row <= words.Length; row++) rows[row] = new T[aim.Length + 1];
        return rows;
    }

    private void FillRow(int row, int word, int[] before, int[] costRow, Edit[] editRow)
    {
        var ratio = aim.Length / (double)words.Length;
        var half = HalfBand < ratio / 2 ? (int)Math.Ceiling(ratio / 2 + HalfBand) : HalfBand;
        var diagonal = (int)Math.Floor(row * ratio);
        var end = row == words.Length ? aim.Length + 1 : Math.Min(aim.Length + 1, diagonal + half);
        Array.Fill(costRow, Unreached);
        for (var column = Math.Max(0, diagonal - half); column < end; column++)
        {
            if (column == 0)
            {
                (costRow[0], editRow[0]) = (before[0] + 1, Edit.Delete);
                continue;
            }

            // of equal ones the first: keep or replace, delete, insert
            var isSame = word == aim[column - 1];
            var (cost, edit) = (before[column - 1] + (isSame ? 0 : 1), isSame ? Edit.Keep : Edit.Replace);
            if (before[column] + 1 < cost) (cost, edit) = (before[column] + 1, Edit.Delete);
            if (costRow[column - 1] + 1 < cost) (cost, edit) = (costRow[column - 1] + 1, Edit.Insert);
            (costRow[column], editRow[column]) = (Math.Min(cost, Unreached), edit);
        }
    }
}
