using System.Runtime.InteropServices;

namespace RnnTrain.Engines;

/// <summary>
/// The functions of native/*.cpp, librnntrain_onednn.so beside this assembly. One that returns an int status fails with a negative one;
/// <see cref="OneDnn.Check"/> turns it into an exception.
/// </summary>
internal static unsafe partial class OneDnnNative
{
    internal const string Library = "rnntrain_onednn";

    [LibraryImport(Library, EntryPoint = "rnt_last_error")]
    public static partial nint LastError();

    [LibraryImport(Library, EntryPoint = "rnt_onednn_version")]
    public static partial int OneDnnVersion();

    [LibraryImport(Library, EntryPoint = "rnt_set_threads")]
    public static partial void SetThreads(int count);

    [LibraryImport(Library, EntryPoint = "rnt_threads")]
    public static partial int Threads();

    /// <summary>C [m, n] = A [m, k] · B [k, n] + beta · C, row after row; a transposed operand is stored as [k, m] or [n, k].</summary>
    [LibraryImport(Library, EntryPoint = "rnt_sgemm")]
    public static partial int MatrixProduct(
        int transposedA, int transposedB, long m, long n, long k, float* a, long lda, float* b, long ldb, float beta, float* c, long ldc);
}
