using System.Runtime.InteropServices;

namespace RnnTrain.Tensors;

/// <summary>How the C library treats the memory of CPU tensors.</summary>
public static partial class HeapMemory
{
    // mallopt's parameters in glibc's malloc.h
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MapMaximum = -4;
    private const int ArenaMaximum = -8;
    private const int AlmostAll = 1 << 30;
    private const int GrowBy = 64 << 20;

    /// <summary>
    /// Lets glibc keep what is freed. By default it maps every large block anew and gives it back at once, and the kernel fills the pages
    /// with zeros each time: with the logits of a word model that was measured to take two thirds of a step. One arena, since only the
    /// main one grows to any size without mapping. Does nothing where the C library is another.
    /// </summary>
    public static void KeepFreedBlocks()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = Mallopt(ArenaMaximum, 1);
            _ = Mallopt(MapMaximum, 0);
            _ = Mallopt(TrimThreshold, AlmostAll);
            _ = Mallopt(TopPad, GrowBy);
        }
        catch (Exception other) when (other is EntryPointNotFoundException or DllNotFoundException)
        {
            // another C library: its own ways stay as they are
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Mallopt(int parameter, int value);
}
