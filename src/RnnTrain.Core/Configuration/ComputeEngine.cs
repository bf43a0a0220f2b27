namespace RnnTrain.Configuration;

/// <summary>What computes the layers of which there is more than one implementation.</summary>
public enum ComputeEngine
{
    [Describe("oneDNN wherever it is installed and can, else libtorch.")]
    Auto,

    [Describe("libtorch alone.")]
    Libtorch,

    [Describe("oneDNN; refused where it is not installed, or where the layers are not on the CPU.")]
    Onednn,
}
