using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>Rows of a trained matrix, with a gradient by rows where the matrix is plain memory of the CPU.</summary>
internal static class MatrixRows
{
    private const string NotRemembered = "other uses write all rows";

    /// <summary>True where <see cref="EmbeddingLookup"/> can do it.</summary>
    public static bool CanLookUp(Tensor matrix, Tensor numbers) =>
        FloatMemory.Holds(matrix) && matrix.is_leaf && numbers.device_type == DeviceType.CPU;

    /// <param name="matrix">[all, features].</param>
    /// <param name="numbers">Any shape, of Int64, each from 0 to all − 1.</param>
    /// <param name="rows">Remembers the rows of the gradient; null where the matrix has other uses.</param>
    /// <returns>The shape of the numbers, then features.</returns>
    public static Tensor Of(Tensor matrix, Tensor numbers, RowGradient? rows) => CanLookUp(matrix, numbers)
        ? EmbeddingLookup.apply(matrix, numbers.contiguous(), (object?)rows ?? NotRemembered)
        : matrix.index_select(0, numbers.flatten()).view([.. numbers.shape, matrix.size(1)]);
}
