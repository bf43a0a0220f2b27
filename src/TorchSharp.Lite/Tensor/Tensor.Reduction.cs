using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Sums, means, extremes and other reductions.
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Op.Sum.Call(this, type);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Op.SumDimIntList.Call(this, dim, keepdim, type);
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Op.SumDimIntList.Call(this, dim, keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Op.SumDimIntList.Call(this, dim, keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum(new[] { dim0, dim1 }, keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum(new[] { dim0, dim1, dim2 }, keepdim, type);

        public Tensor mean() => Op.Mean.Call(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Op.MeanDim.Call(this, dimensions, keepdim, type);

        public Tensor prod(ScalarType? type = null) => Op.Prod.Call(this, type);
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Op.ProdDimInt.Call(this, dim, keepdim, type);

        public Tensor std(bool unbiased = true) => Op.Std.Call(this, unbiased);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.StdDim.Call(this, dim, unbiased, keepdim), type);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.StdDim.Call(this, dimensions, unbiased, keepdim), type);

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.StdDim.Call(this, dimensions, unbiased, keepdim), type);

        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.StdDim.Call(this, Dims(dim), unbiased, keepdim), type);

        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.StdDim.Call(this, Dims(dim), unbiased, keepdim), type);

        public Tensor var(bool unbiased = true) => Op.Var.Call(this, unbiased);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.VarDim.Call(this, dim, unbiased, keepdim), type);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.VarDim.Call(this, dimensions, unbiased, keepdim), type);

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.VarDim.Call(this, dimensions, unbiased, keepdim), type);

        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.VarDim.Call(this, Dims(dim), unbiased, keepdim), type);

        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.VarDim.Call(this, Dims(dim), unbiased, keepdim), type);

        public (Tensor, Tensor) std_mean(bool unbiased = true) => Op.StdMean.Call2(this, unbiased);

        public (Tensor, Tensor) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.StdMeanDim.Call2(this, dim, unbiased, keepdim), type);

        public (Tensor, Tensor) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.StdMeanDim.Call2(this, dimensions, unbiased, keepdim), type);

        public (Tensor, Tensor) std_mean(
            ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.StdMeanDim.Call2(this, dimensions, unbiased, keepdim), type);

        public (Tensor, Tensor) std_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.StdMeanDim.Call2(this, Dims(dim), unbiased, keepdim), type);

        public (Tensor, Tensor) std_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.StdMeanDim.Call2(this, Dims(dim), unbiased, keepdim), type);

        public (Tensor, Tensor) var_mean(bool unbiased = true) => Op.VarMean.Call2(this, unbiased);

        public (Tensor, Tensor) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.VarMeanDim.Call2(this, dim, unbiased, keepdim), type);

        public (Tensor, Tensor) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.VarMeanDim.Call2(this, dimensions, unbiased, keepdim), type);

        public (Tensor, Tensor) var_mean(
            ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.VarMeanDim.Call2(this, dimensions, unbiased, keepdim), type);

        public (Tensor, Tensor) var_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.VarMeanDim.Call2(this, Dims(dim), unbiased, keepdim), type);

        public (Tensor, Tensor) var_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Op.VarMeanDim.Call2(this, Dims(dim), unbiased, keepdim), type);

        public Tensor max() => Op.Max.Call(this);

        public Tensor min() => Op.Min.Call(this);

        public Tensor max(Tensor other) => Op.MaxOther.Call(this, other);

        public Tensor min(Tensor other) => Op.MinOther.Call(this, other);

        public (Tensor, Tensor) max(long dim, bool keepdim = false) => Op.MaxDim.Call2(this, dim, keepdim);

        public (Tensor, Tensor) min(long dim, bool keepdim = false) => Op.MinDim.Call2(this, dim, keepdim);

        public (Tensor, Tensor) aminmax(long? dim = null, bool keepdim = false) => Op.Aminmax.Call2(this, dim, keepdim);

        public Tensor argmax() => Op.Argmax.Call(this);
        public Tensor argmax(long dim, bool keepdim = false) => Op.Argmax.Call(this, dim, keepdim);

        public Tensor argmin() => Op.Argmin.Call(this);
        public Tensor argmin(long dim, bool keepdim = false) => Op.Argmin.Call(this, dim, keepdim);

        public Tensor amax(params long[] dims) => Op.Amax.Call(this, dims);
        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(@out, Op.Amax.Call(this, dims, keepdim));

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            Into(@out, Op.Amax.Call(this, dims, keepdim));

        public Tensor amin(params long[] dims) => Op.Amin.Call(this, dims);
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(@out, Op.Amin.Call(this, dims, keepdim));

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            Into(@out, Op.Amin.Call(this, dims, keepdim));

        public Tensor any() => Op.Any.Call(this);
        public Tensor any(long dim, bool keepdim = false) => Op.AnyDim.Call(this, dim, keepdim);

        public Tensor all() => Op.All.Call(this);
        public Tensor all(long dim, bool keepdim = false) => Op.AllDim.Call(this, dim, keepdim);

        public Tensor norm(float p = 2) => Op.NormScalar.Call(this, p);
        public Tensor norm(int dim, bool keepdim = false, float p = 2) => Op.NormScalarOptDim.Call(this, p, dim, keepdim);

        public Tensor renorm(float p, long dim, float maxnorm) => Op.Renorm.Call(this, p, dim, maxnorm);

        public Tensor logsumexp(long dim, bool keepdim = false) => Op.Logsumexp.Call(this, dim, keepdim);

        public Tensor median() => Op.Median.Call(this);

        public Tensor nanmedian() => Op.Nanmedian.Call(this);

        public Tensor nansum() => Op.Nansum.Call(this);

        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) =>
            Op.Nanmean.Call(this, dim, keepdim, dtype);

        public (Tensor, Tensor) mode(long dim = -1, bool keepdim = false) => Op.Mode.Call2(this, dim, keepdim);

        public (Tensor, Tensor) kthvalue(long k, long? dim, bool keepdim = false) => Op.Kthvalue.Call2(this, k, dim ?? -1, keepdim);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Op.Quantile.Call(this, q, OneOrAll(dim), keepdim);

        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false) => Op.Nanquantile.Call(this, q, OneOrAll(dim), keepdim);

        public Tensor count_nonzero(long[]? dims = null) =>
            dims is null ? Op.CountNonzero.Call(this) : Op.CountNonzeroDimIntList.Call(this, dims);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Op.Histc.Call(this, bins, min, max);

        public Tensor bincount(Tensor? weights, long minlength = 0) => Op.Bincount.Call(this, weights, minlength);

        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null) =>
            Op.Cov.Call(this, correction, fweights, aweights);

        public Tensor corrcoef() => Op.Corrcoef.Call(this);

        public Tensor trace() => Op.Trace.Call(this);
    }
}

file static class Op
{
    public static readonly Operator All = new("all");
    public static readonly Operator AllDim = new("all.dim");
    public static readonly Operator Amax = new("amax");
    public static readonly Operator Amin = new("amin");
    public static readonly Operator Aminmax = new("aminmax");
    public static readonly Operator Any = new("any");
    public static readonly Operator AnyDim = new("any.dim");
    public static readonly Operator Argmax = new("argmax");
    public static readonly Operator Argmin = new("argmin");
    public static readonly Operator Bincount = new("bincount");
    public static readonly Operator Corrcoef = new("corrcoef");
    public static readonly Operator CountNonzero = new("count_nonzero");
    public static readonly Operator CountNonzeroDimIntList = new("count_nonzero.dim_IntList");
    public static readonly Operator Cov = new("cov");
    public static readonly Operator Histc = new("histc");
    public static readonly Operator Kthvalue = new("kthvalue");
    public static readonly Operator Logsumexp = new("logsumexp");
    public static readonly Operator Max = new("max");
    public static readonly Operator MaxDim = new("max.dim");
    public static readonly Operator MaxOther = new("max.other");
    public static readonly Operator Mean = new("mean");
    public static readonly Operator MeanDim = new("mean.dim");
    public static readonly Operator Median = new("median");
    public static readonly Operator Min = new("min");
    public static readonly Operator MinDim = new("min.dim");
    public static readonly Operator MinOther = new("min.other");
    public static readonly Operator Mode = new("mode");
    public static readonly Operator Nanmean = new("nanmean");
    public static readonly Operator Nanmedian = new("nanmedian");
    public static readonly Operator Nanquantile = new("nanquantile");
    public static readonly Operator Nansum = new("nansum");
    public static readonly Operator NormScalar = new("norm.Scalar");
    public static readonly Operator NormScalarOptDim = new("norm.ScalarOpt_dim");
    public static readonly Operator Prod = new("prod");
    public static readonly Operator ProdDimInt = new("prod.dim_int");
    public static readonly Operator Quantile = new("quantile");
    public static readonly Operator Renorm = new("renorm");
    public static readonly Operator Std = new("std");
    public static readonly Operator StdDim = new("std.dim");
    public static readonly Operator StdMean = new("std_mean");
    public static readonly Operator StdMeanDim = new("std_mean.dim");
    public static readonly Operator Sum = new("sum");
    public static readonly Operator SumDimIntList = new("sum.dim_IntList");
    public static readonly Operator Trace = new("trace");
    public static readonly Operator Var = new("var");
    public static readonly Operator VarDim = new("var.dim");
    public static readonly Operator VarMean = new("var_mean");
    public static readonly Operator VarMeanDim = new("var_mean.dim");
}
