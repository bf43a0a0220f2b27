using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Gathering and scattering by index.
    public partial class Tensor
    {
        public Tensor gather(long dim, Tensor index) => Op.Gather.Call(this, dim, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) => Op.ScatterSrc.Call(this, dim, index, src);
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Op.Scatter_Src.Update(this, dim, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Op.ScatterAdd.Call(this, dim, index, src);
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Op.ScatterAdd_.Update(this, dim, index, src);

        public Tensor index_select(long dim, Tensor index) => Op.IndexSelect.Call(this, dim, index);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Op.IndexAdd.Call(this, dim, index, source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Op.IndexAdd_.Update(this, dim, index, source, alpha);

        public Tensor index_copy(long dim, Tensor index, Tensor source) => Op.IndexCopy.Call(this, dim, index, source);
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Op.IndexCopy_.Update(this, dim, index, source);

        public Tensor index_fill(long dim, Tensor index, Scalar value) => Op.IndexFillIntScalar.Call(this, dim, index, value);
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Op.IndexFill_IntScalar.Update(this, dim, index, value);

        public Tensor take(Tensor index) => Op.Take.Call(this, index);

        public Tensor take_along_dim(Tensor indices) => Op.TakeAlongDim.Call(this, indices);
        public Tensor take_along_dim(Tensor indices, long dim) => Op.TakeAlongDim.Call(this, indices, dim);

        public Tensor masked_fill(Tensor mask, Scalar value) => Op.MaskedFillScalar.Call(this, mask, value);
        public Tensor masked_fill_(Tensor mask, Scalar value) => Op.MaskedFill_Scalar.Update(this, mask, value);

        public Tensor masked_scatter(Tensor mask, Tensor value) => Op.MaskedScatter.Call(this, mask, value);
        public Tensor masked_scatter_(Tensor mask, Tensor value) => Op.MaskedScatter_.Update(this, mask, value);

        public Tensor masked_select(Tensor mask) => Op.MaskedSelect.Call(this, mask);

        public Tensor select_scatter(Tensor src, long dim, long index) => Op.SelectScatter.Call(this, src, dim, index);

        public Tensor slice_scatter(Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1) =>
            Op.SliceScatter.Call(this, src, dim, start, end, step);

        public Tensor diagonal_scatter(Tensor src, long offset = 0, long dim1 = 0, long dim2 = 1) =>
            Op.DiagonalScatter.Call(this, src, offset, dim1, dim2);

        public Tensor set_(Tensor source) => Op.Set_SourceTensor.Update(this, source);
    }
}

file static class Op
{
    public static readonly Operator DiagonalScatter = new("diagonal_scatter");
    public static readonly Operator Gather = new("gather");
    public static readonly Operator IndexAdd = new("index_add");
    public static readonly Operator IndexAdd_ = new("index_add_");
    public static readonly Operator IndexCopy = new("index_copy");
    public static readonly Operator IndexCopy_ = new("index_copy_");
    public static readonly Operator IndexFillIntScalar = new("index_fill.int_Scalar");
    public static readonly Operator IndexFill_IntScalar = new("index_fill_.int_Scalar");
    public static readonly Operator IndexSelect = new("index_select");
    public static readonly Operator MaskedFillScalar = new("masked_fill.Scalar");
    public static readonly Operator MaskedFill_Scalar = new("masked_fill_.Scalar");
    public static readonly Operator MaskedScatter = new("masked_scatter");
    public static readonly Operator MaskedScatter_ = new("masked_scatter_");
    public static readonly Operator MaskedSelect = new("masked_select");
    public static readonly Operator ScatterAdd = new("scatter_add");
    public static readonly Operator ScatterAdd_ = new("scatter_add_");
    public static readonly Operator ScatterSrc = new("scatter.src");
    public static readonly Operator Scatter_Src = new("scatter_.src");
    public static readonly Operator SelectScatter = new("select_scatter");
    public static readonly Operator Set_SourceTensor = new("set_.source_Tensor");
    public static readonly Operator SliceScatter = new("slice_scatter");
    public static readonly Operator Take = new("take");
    public static readonly Operator TakeAlongDim = new("take_along_dim");
}
