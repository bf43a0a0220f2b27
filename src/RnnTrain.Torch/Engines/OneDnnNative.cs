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

    /// <summary>Floats of scratch memory that <see cref="LinearCrossEntropy"/> needs with the present number of threads.</summary>
    [LibraryImport(Library, EntryPoint = "rnt_linear_cross_entropy_scratch")]
    public static partial long LinearCrossEntropyScratch(long chunk, long classes);

    /// <summary>See native/cross_entropy.cpp. The bias and every gradient may be null.</summary>
    [LibraryImport(Library, EntryPoint = "rnt_linear_cross_entropy")]
    public static partial int LinearCrossEntropy(
        long rows, long features, long classes, float* hidden, float* weight, float* bias, long* targets, float scale, float smoothing, long chunk,
        float* scratch, float* hiddenGradient, float* weightGradient, float* biasGradient, double* loss, double* evenLoss, long* correct);

    [LibraryImport(Library, EntryPoint = "rnt_recurrent_sizes")]
    public static partial int RecurrentSizes(RecurrentCall* call, RecurrentSizes* sizes);

    [LibraryImport(Library, EntryPoint = "rnt_recurrent_forward")]
    public static partial int RecurrentForward(RecurrentCall* call);

    [LibraryImport(Library, EntryPoint = "rnt_recurrent_backward")]
    public static partial int RecurrentBackward(RecurrentCall* call, RecurrentGradients* gradients);

    [LibraryImport(Library, EntryPoint = "rnt_instructions")]
    public static partial nint Instructions();

    [LibraryImport(Library, EntryPoint = "rnt_choose_instructions", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChooseInstructions(string name);
}
