namespace TorchSharp;

// Functions of neural networks. Each is the method of the tensor.
public static partial class torch
{
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
}
