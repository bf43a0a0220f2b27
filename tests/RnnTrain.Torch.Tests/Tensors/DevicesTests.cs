using RnnTrain.Configuration;
using RnnTrain.Tensors;
using TorchSharp;

namespace RnnTrain.Tests.Tensors;

public sealed class DevicesTests
{
    [Theory]
    [InlineData("auto", 0, DeviceType.CPU, -1)]
    [InlineData("cpu", 2, DeviceType.CPU, -1)]
    [InlineData("auto", 2, DeviceType.CUDA, 0)]
    [InlineData("cuda", 2, DeviceType.CUDA, 0)]
    [InlineData("cuda:1", 2, DeviceType.CUDA, 1)]
    public void A_choice_means_a_device(string choice, int gpus, DeviceType type, int index)
    {
        var device = Devices.Resolve(DeviceChoice.Parse(choice, null), gpus);
        Assert.Equal(type, device.type);
        Assert.Equal(index, device.index);
    }

    [Fact]
    public void A_machine_without_CUDA_says_so_and_what_to_do()
    {
        var lacking = Assert.Throws<MissingCapabilityException>(() => Devices.Resolve(DeviceChoice.Parse("cuda:1", null), 0));
        Assert.StartsWith("device: cuda:1 was asked for, but libtorch finds no CUDA here", lacking.Message);
        Assert.Contains("Use device: cpu", lacking.Message);
    }

    [Fact]
    public void A_GPU_beyond_the_last_is_refused_with_those_there_are()
    {
        var lacking = Assert.Throws<MissingCapabilityException>(() => Devices.Resolve(DeviceChoice.Parse("cuda:4", null), 4));
        Assert.Equal("device: cuda:4 was asked for, but this machine has 4 GPUs: use cuda:0 to cuda:3, or device: auto.", lacking.Message);
    }
}
