using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module trains.</summary>
public class Parameter : Tensor
{
    /// <summary>Takes a tensor over: it is empty afterwards, and the parameter stands where it stood in its dispose scope.</summary>
    public Parameter(Tensor data, bool requires_grad = true) : base(data.requires_grad_(requires_grad).DecoupleFromNativeHandle(), false)
    {
        if (data.OwningScope is not { } scope) return;
        scope.Detach(data);
        scope.Attach(this);
    }
}
