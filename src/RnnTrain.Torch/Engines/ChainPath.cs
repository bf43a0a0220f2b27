namespace RnnTrain.Engines;

/// <summary>The memory of one example's way through a chain of classes, rows of whole vectors.</summary>
/// <param name="memory">(3 · length + 1) rows.</param>
/// <param name="length">Steps.</param>
/// <param name="padded">Numbers of a row.</param>
internal readonly unsafe struct ChainPath(double* memory, int length, int padded)
{
    public int Length => length;

    /// <summary>p, of the classes of one step.</summary>
    public double* Probabilities => Row(3 * length);

    /// <summary>x_t.</summary>
    public double* Scores(int t) => Row(t);

    /// <summary>s_t.</summary>
    public double* Entered(int t) => Row(length + t);

    /// <summary>α_t.</summary>
    public double* Reached(int t) => Row((2 * length) + t);

    private double* Row(int index) => memory + ((long)index * padded);
}
