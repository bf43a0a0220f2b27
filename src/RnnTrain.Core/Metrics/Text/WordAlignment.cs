namespace RnnTrain.Metrics.Text;

/// <summary>Which words of two sequences go together.</summary>
/// <param name="Places">For each word of the reference the place of its word in the other; of a word that lacks, the place before it, from −1.</param>
/// <param name="WrongRead">For each word of the reference, whether the other lacks it.</param>
/// <param name="WrongWritten">For each word of the other, whether the reference lacks it.</param>
internal sealed record WordAlignment(int[] Places, bool[] WrongRead, bool[] WrongWritten)
{
    public bool IsWrongRead(int start, int length) => WrongRead.AsSpan(start, length).Contains(true);

    public bool IsWrongWritten(int start, int length) => WrongWritten.AsSpan(start, length).Contains(true);
}
