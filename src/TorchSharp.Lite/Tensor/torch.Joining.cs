using TorchSharp.Interop;

namespace TorchSharp;

// One tensor from several.
public static partial class torch
{
    public static Tensor block_diag(params Tensor[] tensors) => Op.BlockDiag.Call(tensors);

    public static Tensor cartesian_prod(IList<Tensor> tensors) => Op.CartesianProd.Call(tensors.ToArray());
    public static Tensor cartesian_prod(ReadOnlySpan<Tensor> tensors) => Op.CartesianProd.Call(tensors.ToArray());
    public static Tensor cartesian_prod(params Tensor[] tensors) => Op.CartesianProd.Call(tensors);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Op.Cat.Call(tensors.ToArray(), dim);
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Op.Cat.Call(tensors.ToArray(), dim);
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Op.Cat.Call(tensors, dim);

    public static Tensor chain_matmul(params Tensor[] matrices) => Op.ChainMatmul.Call(matrices);

    public static Tensor column_stack(IList<Tensor> tensors) => Op.ColumnStack.Call(tensors.ToArray());
    public static Tensor column_stack(ReadOnlySpan<Tensor> tensors) => Op.ColumnStack.Call(tensors.ToArray());
    public static Tensor column_stack(params Tensor[] tensors) => Op.ColumnStack.Call(tensors);

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => Op.Cat.Call(tensors.ToArray(), dim);
    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Op.Cat.Call(tensors.ToArray(), dim);
    public static Tensor concat(Tensor[] tensors, long dim = 0) => Op.Cat.Call(tensors, dim);

    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => Op.Cat.Call(tensors.ToArray(), axis);
    public static Tensor concatenate(ReadOnlySpan<Tensor> tensors, long axis = 0) => Op.Cat.Call(tensors.ToArray(), axis);
    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => Op.Cat.Call(tensors, axis);

    public static Tensor dstack(IEnumerable<Tensor> tensors) => Op.Dstack.Call(tensors.ToArray());
    public static Tensor dstack(IList<Tensor> tensors) => Op.Dstack.Call(tensors.ToArray());
    public static Tensor dstack(ReadOnlySpan<Tensor> tensors) => Op.Dstack.Call(tensors.ToArray());
    public static Tensor dstack(params Tensor[] tensors) => Op.Dstack.Call(tensors);

    public static Tensor hstack(IEnumerable<Tensor> tensors) => Op.Hstack.Call(tensors.ToArray());
    public static Tensor hstack(IList<Tensor> tensors) => Op.Hstack.Call(tensors.ToArray());
    public static Tensor hstack(ReadOnlySpan<Tensor> tensors) => Op.Hstack.Call(tensors.ToArray());
    public static Tensor hstack(params Tensor[] tensors) => Op.Hstack.Call(tensors);

    public static Tensor row_stack(IList<Tensor> tensors) => Op.Vstack.Call(tensors.ToArray());
    public static Tensor row_stack(ReadOnlySpan<Tensor> tensors) => Op.Vstack.Call(tensors.ToArray());
    public static Tensor row_stack(params Tensor[] tensors) => Op.Vstack.Call(tensors);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Op.Stack.Call(tensors.ToArray(), dim);

    public static Tensor vstack(IList<Tensor> tensors) => Op.Vstack.Call(tensors.ToArray());
    public static Tensor vstack(ReadOnlySpan<Tensor> tensors) => Op.Vstack.Call(tensors.ToArray());
    public static Tensor vstack(Tensor[] tensors) => Op.Vstack.Call(tensors);
}

file static class Op
{
    public static readonly Operator BlockDiag = new("block_diag");
    public static readonly Operator CartesianProd = new("cartesian_prod");
    public static readonly Operator Cat = new("cat");
    public static readonly Operator ChainMatmul = new("chain_matmul");
    public static readonly Operator ColumnStack = new("column_stack");
    public static readonly Operator Dstack = new("dstack");
    public static readonly Operator Hstack = new("hstack");
    public static readonly Operator Stack = new("stack");
    public static readonly Operator Vstack = new("vstack");
}
