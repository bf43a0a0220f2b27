using System.Runtime.InteropServices;
using RnnTrain.Tensors;

namespace RnnTrain.Tests.Tensors;

public sealed partial class ProcessorSettingsTests
{
    [Fact]
    public void Only_an_AMD_processor_with_AVX512_wants_other_kernels_than_the_libraries_take()
    {
        Assert.Equal([("OPENBLAS_CORETYPE", "SkylakeX"), ("ATEN_CPU_CAPABILITY", "avx512")], ProcessorSettings.Wanted(isAmd: true, hasAvx512: true));
        Assert.Empty(ProcessorSettings.Wanted(isAmd: true, hasAvx512: false));
        Assert.Empty(ProcessorSettings.Wanted(isAmd: false, hasAvx512: true));
    }

    [Fact]
    public void What_is_reported_is_what_native_code_sees()
    {
        if (!OperatingSystem.IsLinux()) return;
        ProcessorSettings.Apply();
        Assert.Equal(ProcessorSettings.Wanted(Processor.IsAmd, Processor.HasAvx512).Select(wanted => wanted.Name), ProcessorSettings.InForce.Select(variable => variable.Name));
        foreach (var variable in ProcessorSettings.InForce) Assert.Equal(variable.Value, Marshal.PtrToStringUTF8(GetEnv(variable.Name)));
        var first = ProcessorSettings.InForce;
        ProcessorSettings.Apply();
        Assert.Same(first, ProcessorSettings.InForce); // what was set the first time is not taken for the user's the second time
    }

    [Theory]
    [InlineData("OPENBLAS_CORETYPE", "Haswell", false)]
    [InlineData("OPENBLAS_CORETYPE", "skylakex", true)]
    [InlineData("ATEN_CPU_CAPABILITY", "avx2", false)]
    [InlineData("ATEN_CPU_CAPABILITY", "avx512", true)]
    public void A_setting_that_wastes_the_processor_is_known(string name, string value, bool allows) =>
        Assert.Equal(allows, ProcessorSettings.AllowsAvx512(new NativeVariable(name, value, IsUsers: true)));

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnv(string name);
}
