using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests;

public sealed class DeviceTests
{
    [Fact]
    public void Devices_are_parsed_and_written()
    {
        Assert.Equal(DeviceType.CPU, new Device("cpu").type);
        var second = new Device("cuda:1");
        Assert.Equal(DeviceType.CUDA, second.type);
        Assert.Equal(1, second.index);
        Assert.Equal("cuda:1", second.ToString());
    }

    [Fact]
    public void Moving_to_the_same_device_and_type_copies_only_when_asked()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2);
        x.to(CPU).add_(1);
        Near.Equal(x, 1, 1);
        x.to(CPU, copy: true).add_(1);
        Near.Equal(x, 1, 1);
        x.to(ScalarType.Float64, disposeAfter: true);
        Assert.True(x.IsInvalid);
    }

    [Fact]
    public void Threads_can_be_counted_and_set()
    {
        var before = get_num_threads();
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(before);
        Assert.True(get_num_interop_threads() >= 1);
    }

    [Fact]
    public void Tf32_flags_are_remembered()
    {
        var before = backends.cuda.matmul.allow_tf32;
        backends.cuda.matmul.allow_tf32 = !before;
        Assert.Equal(!before, backends.cuda.matmul.allow_tf32);
        backends.cuda.matmul.allow_tf32 = before;
        var cudnn = backends.cudnn.allow_tf32;
        backends.cudnn.allow_tf32 = !cudnn;
        Assert.Equal(!cudnn, backends.cudnn.allow_tf32);
        backends.cudnn.allow_tf32 = cudnn;
    }

    [Fact]
    public void The_number_of_cuda_devices_agrees_with_their_presence()
    {
        Assert.Equal(cuda.is_available(), cuda.device_count() > 0);
        if (!cuda.is_available()) Assert.False(cuda.is_cudnn_available());
    }

    [Fact]
    public void Cuda_computes_what_the_cpu_computes()
    {
        Assert.SkipUnless(cuda.is_available(), "this machine has no CUDA device");
        using var scope = NewDisposeScope();
        var x = rand(64, 64);
        var there = x.cuda();
        Assert.True(there.is_cuda);
        Assert.True(there.mm(there).cpu().allclose(x.mm(x), rtol: 1e-2, atol: 1e-2));
        cuda.synchronize();
        Assert.True(x.pin_memory().is_pinned());
        Assert.Equal(1f, ones(1).cuda().item<float>());
    }
}
