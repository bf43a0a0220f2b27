using System.Runtime.InteropServices;

namespace RnnTrain.Tensors;

/// <summary>The OpenBLAS that libtorch's matrix products come from, where they do.</summary>
public sealed class OpenBlas
{
    private readonly nint library;

    private OpenBlas(nint library) => this.library = library;

    private delegate void SetThreads(int count);

    private delegate int GetThreads();

    private delegate nint GetName();

    /// <summary>Its threads, the caller's included.</summary>
    public int Threads
    {
        get => Export<GetThreads>("openblas_get_num_threads")();
        set => Export<SetThreads>("openblas_set_num_threads")(value);
    }

    /// <summary>The processor whose kernels it took, as it calls it: `Haswell`, `SkylakeX`, `Cooperlake`.</summary>
    public string Kernels => Marshal.PtrToStringUTF8(Export<GetName>("openblas_get_corename")()) ?? "unknown";

    /// <summary>Null where libtorch's matrix products come from another library, or none was made yet.</summary>
    public static OpenBlas? Find() =>
        LoadedLibraries.Find("libopenblas") is { } path && NativeLibrary.TryLoad(path, out var library) ? new OpenBlas(library) : null;

    private T Export<T>(string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
