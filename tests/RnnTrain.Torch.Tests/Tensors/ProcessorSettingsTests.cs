using System.Runtime.InteropServices;
using RnnTrain.Tensors;

namespace RnnTrain.Tests.Tensors;

public sealed partial class ProcessorSettingsTests
{
    private static readonly (string, string)[] Kernels = [("OPENBLAS_CORETYPE", "SkylakeX"), ("ATEN_CPU_CAPABILITY", "avx512")];
    private static readonly (string, string) Waiting = ("GOMP_SPINCOUNT", "1000");

    [Fact]
    public void Only_an_AMD_processor_with_AVX512_wants_other_kernels_than_the_libraries_take()
    {
        Assert.Equal([.. Kernels, Waiting], ProcessorSettings.Wanted(isAmd: true, hasAvx512: true, hasOwnWaiting: false));
        Assert.Equal([Waiting], ProcessorSettings.Wanted(isAmd: true, hasAvx512: false, hasOwnWaiting: false));
        Assert.Equal([Waiting], ProcessorSettings.Wanted(isAmd: false, hasAvx512: true, hasOwnWaiting: false));
    }

    [Fact]
    public void Who_has_chosen_how_threads_wait_keeps_the_choice() =>
        Assert.Equal(Kernels, ProcessorSettings.Wanted(isAmd: true, hasAvx512: true, hasOwnWaiting: true));

    [Fact]
    public void What_is_reported_is_what_native_code_sees()
    {
        if (!OperatingSystem.IsLinux()) return;
        var hasOwnWaiting = Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is not null;
        ProcessorSettings.Apply();
        Assert.Equal(ProcessorSettings.Wanted(Processor.IsAmd, Processor.HasAvx512, hasOwnWaiting).Select(wanted => wanted.Name), ProcessorSettings.InForce.Select(variable => variable.Name));
        foreach (var variable in ProcessorSettings.InForce) Assert.Equal(variable.Value, Marshal.PtrToStringUTF8(GetEnv(variable.Name)));
        var first = ProcessorSettings.InForce;
        ProcessorSettings.Apply();
        Assert.Same(first, ProcessorSettings.InForce); // what was set the first time is not taken for the user's the second time
    }

    [Theory]
    [InlineData("OPENBLAS_CORETYPE", "Haswell", true)]
    [InlineData("OPENBLAS_CORETYPE", "skylakex", false)]
    [InlineData("ATEN_CPU_CAPABILITY", "avx2", true)]
    [InlineData("ATEN_CPU_CAPABILITY", "avx512", false)]
    [InlineData("GOMP_SPINCOUNT", "0", false)]
    public void A_setting_that_wastes_the_processor_is_known(string name, string value, bool forbids) =>
        Assert.Equal(forbids, ProcessorSettings.ForbidsAvx512(new NativeVariable(name, value, IsUsers: true)));

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnv(string name);
}
