using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Products of vectors and matrices.
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Op.Matmul.Call(this, target);

        public Tensor mm(Tensor target) => Op.Mm.Call(this, target);

        public Tensor bmm(Tensor batch2) => Op.Bmm.Call(this, batch2);

        public Tensor mv(Tensor target) => Op.Mv.Call(this, target);

        public Tensor dot(Tensor target) => Op.Dot.Call(this, target);

        public Tensor vdot(Tensor target) => Op.Vdot.Call(this, target);

        public Tensor inner(Tensor vec2) => Op.Inner.Call(this, vec2);

        public Tensor outer(Tensor vec2) => Op.Outer.Call(this, vec2);

        public Tensor ger(Tensor vec2) => Op.Outer.Call(this, vec2);

        public Tensor kron(Tensor other) => Op.Kron.Call(this, other);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Op.Addmm.Call(this, mat1, mat2, beta, alpha);
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Op.Addmm_.Update(this, mat1, mat2, beta, alpha);

        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) => Op.Addmv.Call(this, mat, vec, beta, alpha);
        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) => Op.Addmv_.Update(this, mat, vec, beta, alpha);

        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Op.Addbmm.Call(this, batch1, batch2, beta, alpha);

        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Op.Addbmm_.Update(this, batch1, batch2, beta, alpha);

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Op.Baddbmm.Call(this, batch1, batch2, beta, alpha);

        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1, float alpha = 1) => Op.Addr.Call(this, vec1, vec2, beta, alpha);
        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1, float alpha = 1) => Op.Addr_.Update(this, vec1, vec2, beta, alpha);

        public Tensor matrix_power(int n) => Op.MatrixPower.Call(this, n);

        public Tensor matrix_exp() => Op.MatrixExp.Call(this);

        public Tensor inverse() => Op.Inverse.Call(this);

        public Tensor det() => Op.Det.Call(this);

        public Tensor logdet() => Op.Logdet.Call(this);

        public Tensor pinverse(double rcond = 1E-15, bool hermitian = false) => Op.LinalgPinv.Call(this, rcond, hermitian);

        public Tensor tensordot(Tensor b, long dims = 2) => tensordot(b, Last(ndim, dims), First(dims));
        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) => Op.Tensordot.Call(this, b, dims1, dims2);

        public Tensor cholesky(bool upper = false) => Op.LinalgCholesky.Call(this, upper);

        public Tensor cholesky_inverse(bool upper = false) => Op.CholeskyInverse.Call(this, upper);

        public Tensor cholesky_solve(Tensor input2, bool upper = false) => Op.CholeskySolve.Call(this, input2, upper);

        public Tensor vander(long N = -1, bool increasing = false) => Op.Vander.Call(this, N < 0 ? Value.None : N, increasing);
    }
}

file static class Op
{
    public static readonly Operator Addbmm = new("addbmm");
    public static readonly Operator Addbmm_ = new("addbmm_");
    public static readonly Operator Addmm = new("addmm");
    public static readonly Operator Addmm_ = new("addmm_");
    public static readonly Operator Addmv = new("addmv");
    public static readonly Operator Addmv_ = new("addmv_");
    public static readonly Operator Addr = new("addr");
    public static readonly Operator Addr_ = new("addr_");
    public static readonly Operator Baddbmm = new("baddbmm");
    public static readonly Operator Bmm = new("bmm");
    public static readonly Operator CholeskyInverse = new("cholesky_inverse");
    public static readonly Operator CholeskySolve = new("cholesky_solve");
    public static readonly Operator Det = new("det");
    public static readonly Operator Dot = new("dot");
    public static readonly Operator Inner = new("inner");
    public static readonly Operator Inverse = new("inverse");
    public static readonly Operator Kron = new("kron");
    public static readonly Operator LinalgCholesky = new("linalg_cholesky"); // aten::cholesky is gone from the newest libtorch
    public static readonly Operator LinalgPinv = new("linalg_pinv");
    public static readonly Operator Logdet = new("logdet");
    public static readonly Operator Matmul = new("matmul");
    public static readonly Operator MatrixExp = new("matrix_exp");
    public static readonly Operator MatrixPower = new("matrix_power");
    public static readonly Operator Mm = new("mm");
    public static readonly Operator Mv = new("mv");
    public static readonly Operator Outer = new("outer");
    public static readonly Operator Tensordot = new("tensordot");
    public static readonly Operator Vander = new("vander");
    public static readonly Operator Vdot = new("vdot");
}
