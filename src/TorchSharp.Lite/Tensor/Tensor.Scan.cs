using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Running sums, products and extremes; sorting and searching.
    public partial class Tensor
    {
        public Tensor cumsum(long dim, ScalarType? type = null) => Op.Cumsum.Call(this, dim, type);

        public Tensor cumprod(long dim, ScalarType? type = null) => Op.Cumprod.Call(this, dim, type);

        public Tensor logcumsumexp(long dim) => Op.Logcumsumexp.Call(this, dim);

        public (Tensor, Tensor) cummax(long dim) => Op.Cummax.Call2(this, dim);

        public (Tensor, Tensor) cummin(long dim) => Op.Cummin.Call2(this, dim);

        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
            Op.Diff.Call(this, n, dim, prepend, append);

        public Tensor trapezoid(double dx = 1, long dim = -1) => Op.TrapezoidDx.Call(this, dx, dim);
        public Tensor trapezoid(Tensor x, long dim = -1) => Op.TrapezoidX.Call(this, x, dim);

        public Tensor cumulative_trapezoid(double dx = 1, long dim = -1) => Op.CumulativeTrapezoidDx.Call(this, dx, dim);
        public Tensor cumulative_trapezoid(Tensor x, long dim = -1) => Op.CumulativeTrapezoidX.Call(this, x, dim);

        public (Tensor, Tensor) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Op.SortStable.Call2(this, stable, dim, descending);

        public Tensor argsort(long dim = -1, bool descending = false) => Op.Argsort.Call(this, dim, descending);

        public Tensor msort() => Op.Msort.Call(this);

        public (Tensor, Tensor) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Op.Topk.Call2(this, k, dim, largest, sorted);

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Op.BucketizeTensor.Call(this, boundaries, outInt32, right);

        public Tensor nonzero() => Op.Nonzero.Call(this);

        public Tensor argwhere() => Op.Argwhere.Call(this);
    }
}

file static class Op
{
    public static readonly Operator Argsort = new("argsort");
    public static readonly Operator Argwhere = new("argwhere");
    public static readonly Operator BucketizeTensor = new("bucketize.Tensor");
    public static readonly Operator Cummax = new("cummax");
    public static readonly Operator Cummin = new("cummin");
    public static readonly Operator Cumprod = new("cumprod");
    public static readonly Operator Cumsum = new("cumsum");
    public static readonly Operator CumulativeTrapezoidDx = new("cumulative_trapezoid.dx");
    public static readonly Operator CumulativeTrapezoidX = new("cumulative_trapezoid.x");
    public static readonly Operator Diff = new("diff");
    public static readonly Operator Logcumsumexp = new("logcumsumexp");
    public static readonly Operator Msort = new("msort");
    public static readonly Operator Nonzero = new("nonzero");
    public static readonly Operator SortStable = new("sort.stable");
    public static readonly Operator Topk = new("topk");
    public static readonly Operator TrapezoidDx = new("trapezoid.dx");
    public static readonly Operator TrapezoidX = new("trapezoid.x");
}
