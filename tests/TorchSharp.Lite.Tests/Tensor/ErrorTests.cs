using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests;

public sealed class ErrorTests
{
    [Fact]
    public void A_wrong_shape_throws_with_the_message_of_libtorch()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => zeros(2, 3).mm(zeros(2, 3)));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_of_libtorch_carries_no_stack_of_cpp()
    {
        Assert.SkipUnless(Near.IsLite, "the official assembly passes the C++ stack on");
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => zeros(2).view(3));
        Assert.DoesNotContain("frame #0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_out_of_range_throws()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ExternalException>(() => zeros(2, 3)[5]);
        Assert.Throws<ExternalException>(() => zeros(2, 3).sum(7));
        Assert.Throws<ExternalException>(() => zeros(2, 3).size(4));
    }

    [Fact]
    public void A_disposed_tensor_throws_wherever_it_is_used()
    {
        using var scope = NewDisposeScope();
        var gone = zeros(3);
        gone.Dispose();
        Assert.True(gone.IsInvalid);
        Assert.ThrowsAny<InvalidOperationException>(() => gone.add(1));
        Assert.ThrowsAny<InvalidOperationException>(() => zeros(3).add(gone));
        Assert.ThrowsAny<InvalidOperationException>(() => cat([zeros(3), gone]));
        Assert.ThrowsAny<InvalidOperationException>(() => gone.shape);
        Assert.ThrowsAny<InvalidOperationException>(() => gone.data<float>());
        Assert.ThrowsAny<InvalidOperationException>(() => gone.backward());
        gone.Dispose();
    }

    [Fact]
    public void Wrong_types_and_devices_throw()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ExternalException>(() => zeros(2, 2).mm(zeros(2, 2, dtype: ScalarType.Float64)));
        Assert.Throws<ExternalException>(() => zeros(2, dtype: ScalarType.Int64).requires_grad = true);
        Assert.Throws<InvalidOperationException>(() => zeros(2, 3).t().bytes.Length);
        if (!cuda.is_available()) Assert.ThrowsAny<Exception>(() => zeros(2, device: "cuda"));
    }

    [Fact]
    public void Backward_through_a_freed_graph_throws()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var loss = (x * x).sum();
        loss.backward();
        var error = Assert.Throws<ExternalException>(() => loss.backward());
        Assert.Contains("second time", error.Message, StringComparison.Ordinal);
        Assert.Throws<ExternalException>(() => zeros(2).backward());
    }

    [Fact]
    public void A_null_operand_throws()
    {
        using var scope = NewDisposeScope();
        Assert.ThrowsAny<Exception>(() => zeros(2).add((Tensor)null!));
        Assert.ThrowsAny<Exception>(() => zeros(2).add((Scalar)null!));
    }
}
