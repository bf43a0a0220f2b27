using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Views and rearrangements.
    public partial class Tensor
    {
        public Tensor view(params long[] shape) => Op.View.Call(this, shape);

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor reshape(params long[] shape) => Op.Reshape.Call(this, shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Op.FlattenUsingInts.Call(this, start_dim, end_dim);

        public Tensor ravel() => Op.Ravel.Call(this);

        public Tensor unflatten(long dim, params long[] sizes) => Op.UnflattenInt.Call(this, dim, sizes);
        public Tensor unflatten(long dim, Size sizes) => Op.UnflattenInt.Call(this, dim, sizes.Shape);

        public Tensor squeeze(long? dim = null) => dim is { } one ? Op.SqueezeDim.Call(this, one) : Op.Squeeze.Call(this);
        public Tensor squeeze_(long? dim = null) => dim is { } one ? Op.Squeeze_Dim.Update(this, one) : Op.Squeeze_.Update(this);

        public Tensor unsqueeze(long dim) => Op.Unsqueeze.Call(this, dim);
        public Tensor unsqueeze_(long dim) => Op.Unsqueeze_.Update(this, dim);

        public Tensor t() => Op.T.Call(this);

        public Tensor transpose(long dim0, long dim1) => Op.TransposeInt.Call(this, dim0, dim1);
        public Tensor transpose_(long dim0, long dim1) => Op.Transpose_.Update(this, dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor permute(params long[] permutation) => Op.Permute.Call(this, permutation);
        public Tensor permute(IEnumerable<long> permutation) => Op.Permute.Call(this, permutation.ToArray());

        public Tensor moveaxis(long[] source, long[] destination) => Op.MovedimIntlist.Call(this, source, destination);

        public Tensor movedim(long[] source, long[] destination) => Op.MovedimIntlist.Call(this, source, destination);

        public Tensor adjoint() => Op.Adjoint.Call(this);

        public Tensor expand(params long[] sizes) => Op.Expand.Call(this, sizes);
        public Tensor expand(long[] sizes, bool isImplicit = false) => Op.Expand.Call(this, sizes, isImplicit);
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Op.Expand.Call(this, sizes, isImplicit);
        public Tensor expand(Size sizes, bool isImplicit = false) => Op.Expand.Call(this, sizes.Shape, isImplicit);

        public Tensor expand_as(Tensor other) => expand(other.shape);

        public Tensor broadcast_to(params long[] shape) => Op.BroadcastTo.Call(this, shape);

        public Tensor repeat(params long[] sizes) => Op.Repeat.Call(this, sizes);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Op.RepeatInterleaveSelfInt.Call(this, repeats, dim, output_size);

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Op.RepeatInterleaveSelfTensor.Call(this, repeats, dim, output_size);

        public Tensor tile(long[] reps) => Op.Tile.Call(this, reps);

        public Tensor contiguous() => Op.Contiguous.Call(this);

        public Tensor clone() => Op.Clone.Call(this);

        public Tensor alias() => Op.Alias.Call(this);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            Op.AsStrided.Call(this, size, strides, storageOffset);

        public Tensor unfold(long dimension, long size, long step) => Op.Unfold.Call(this, dimension, size, step);

        public Tensor flip(params long[] dims) => Op.Flip.Call(this, dims);

        public Tensor fliplr() => Op.Fliplr.Call(this);

        public Tensor flipud() => Op.Flipud.Call(this);

        public Tensor roll(long shifts, long? dims = null) =>
            Op.Roll.Call(this, shifts, dims is { } one ? new[] { one } : Array.Empty<long>());

        public Tensor roll(long[] shifts) => Op.Roll.Call(this, shifts, Array.Empty<long>());
        public Tensor roll(long[] shifts, long[] dims) => Op.Roll.Call(this, shifts, dims);
        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => Op.Roll.Call(this, shifts, dims);
        public Tensor roll((long, long) shifts, (long, long) dims) => Op.Roll.Call(this, Dims(shifts), Dims(dims));
        public Tensor roll((long, long, long) shifts, (long, long, long) dims) => Op.Roll.Call(this, Dims(shifts), Dims(dims));

        public Tensor rot90(long k = 1, (long, long)? dims = null) => Op.Rot90.Call(this, k, Dims(dims ?? (0, 1)));

        public Tensor tril(long diagonal = 0) => Op.Tril.Call(this, diagonal);
        public Tensor tril_(long diagonal = 0) => Op.Tril_.Update(this, diagonal);

        public Tensor triu(long diagonal = 0) => Op.Triu.Call(this, diagonal);
        public Tensor triu_(long diagonal = 0) => Op.Triu_.Update(this, diagonal);

        public Tensor diag(long diagonal = 0) => Op.Diag.Call(this, diagonal);

        public Tensor diagflat(long offset = 0) => Op.Diagflat.Call(this, offset);

        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Op.DiagEmbed.Call(this, offset, dim1, dim2);

        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Op.Diagonal.Call(this, offset, dim1, dim2);

        public Tensor[] unbind(long dimension = 0) => Op.UnbindInt.CallList(this, dimension);

        public Tensor[] chunk(long chunks, long dim = 0) => Op.Chunk.CallList(this, chunks, dim);

        public Tensor[] split(long size, int dim = 0) => Op.SplitTensor.CallList(this, size, dim);
        public Tensor[] split(long[] sizes, long dim = 0) => Op.SplitWithSizes.CallList(this, sizes, dim);
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Op.SplitWithSizes.CallList(this, sizes, dim);
        public Tensor[] split(params long[] sizes) => Op.SplitWithSizes.CallList(this, sizes);

        public Tensor[] tensor_split(long size, long dim = 0) => Op.TensorSplitSections.CallList(this, size, dim);
        public Tensor[] tensor_split(long[] sizes, long dim = 0) => Op.TensorSplitIndices.CallList(this, sizes, dim);
        public Tensor[] tensor_split(Tensor indices, long dim = 0) => Op.TensorSplitTensorIndicesOrSections.CallList(this, indices, dim);

        public Tensor[] hsplit(long size) => Op.HsplitInt.CallList(this, size);
        public Tensor[] hsplit(params long[] sizes) => Op.HsplitArray.CallList(this, sizes);

        public Tensor[] vsplit(long size) => Op.VsplitInt.CallList(this, size);
        public Tensor[] vsplit(params long[] sizes) => Op.VsplitArray.CallList(this, sizes);

        public Tensor[] dsplit(long size) => Op.DsplitInt.CallList(this, size);
        public Tensor[] dsplit(params long[] sizes) => Op.DsplitArray.CallList(this, sizes);

        public Tensor atleast_1d() => Op.Atleast1d.Call(this);

        public Tensor atleast_2d() => Op.Atleast2d.Call(this);

        public Tensor atleast_3d() => Op.Atleast3d.Call(this);

        public Tensor view_as_complex() => Op.ViewAsComplex.Call(this);

        public Tensor view_as_real() => Op.ViewAsReal.Call(this);
    }
}

file static class Op
{
    public static readonly Operator Adjoint = new("adjoint");
    public static readonly Operator Alias = new("alias");
    public static readonly Operator AsStrided = new("as_strided");
    public static readonly Operator Atleast1d = new("atleast_1d");
    public static readonly Operator Atleast2d = new("atleast_2d");
    public static readonly Operator Atleast3d = new("atleast_3d");
    public static readonly Operator BroadcastTo = new("broadcast_to");
    public static readonly Operator Chunk = new("chunk");
    public static readonly Operator Clone = new("clone");
    public static readonly Operator Contiguous = new("contiguous");
    public static readonly Operator Diag = new("diag");
    public static readonly Operator DiagEmbed = new("diag_embed");
    public static readonly Operator Diagflat = new("diagflat");
    public static readonly Operator Diagonal = new("diagonal");
    public static readonly Operator DsplitArray = new("dsplit.array");
    public static readonly Operator DsplitInt = new("dsplit.int");
    public static readonly Operator Expand = new("expand");
    public static readonly Operator FlattenUsingInts = new("flatten.using_ints");
    public static readonly Operator Flip = new("flip");
    public static readonly Operator Fliplr = new("fliplr");
    public static readonly Operator Flipud = new("flipud");
    public static readonly Operator HsplitArray = new("hsplit.array");
    public static readonly Operator HsplitInt = new("hsplit.int");
    public static readonly Operator MovedimIntlist = new("movedim.intlist");
    public static readonly Operator Permute = new("permute");
    public static readonly Operator Ravel = new("ravel");
    public static readonly Operator Repeat = new("repeat");
    public static readonly Operator RepeatInterleaveSelfInt = new("repeat_interleave.self_int");
    public static readonly Operator RepeatInterleaveSelfTensor = new("repeat_interleave.self_Tensor");
    public static readonly Operator Reshape = new("reshape");
    public static readonly Operator Roll = new("roll");
    public static readonly Operator Rot90 = new("rot90");
    public static readonly Operator SplitTensor = new("split.Tensor");
    public static readonly Operator SplitWithSizes = new("split_with_sizes");
    public static readonly Operator Squeeze = new("squeeze");
    public static readonly Operator SqueezeDim = new("squeeze.dim");
    public static readonly Operator Squeeze_ = new("squeeze_");
    public static readonly Operator Squeeze_Dim = new("squeeze_.dim");
    public static readonly Operator T = new("t");
    public static readonly Operator TensorSplitIndices = new("tensor_split.indices");
    public static readonly Operator TensorSplitSections = new("tensor_split.sections");
    public static readonly Operator TensorSplitTensorIndicesOrSections = new("tensor_split.tensor_indices_or_sections");
    public static readonly Operator Tile = new("tile");
    public static readonly Operator TransposeInt = new("transpose.int");
    public static readonly Operator Transpose_ = new("transpose_");
    public static readonly Operator Tril = new("tril");
    public static readonly Operator Tril_ = new("tril_");
    public static readonly Operator Triu = new("triu");
    public static readonly Operator Triu_ = new("triu_");
    public static readonly Operator UnbindInt = new("unbind.int");
    public static readonly Operator UnflattenInt = new("unflatten.int");
    public static readonly Operator Unfold = new("unfold");
    public static readonly Operator Unsqueeze = new("unsqueeze");
    public static readonly Operator Unsqueeze_ = new("unsqueeze_");
    public static readonly Operator View = new("view");
    public static readonly Operator ViewAsComplex = new("view_as_complex");
    public static readonly Operator ViewAsReal = new("view_as_real");
    public static readonly Operator VsplitArray = new("vsplit.array");
    public static readonly Operator VsplitInt = new("vsplit.int");
}
