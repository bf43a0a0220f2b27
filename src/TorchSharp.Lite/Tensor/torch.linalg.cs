using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Decompositions, solutions and norms of matrices.</summary>
    public static partial class linalg
    {
        /// <summary>Which parts of a QR decomposition are computed, and how large they are.</summary>
        public enum QRMode
        {
            Reduced = 0,
            Complete = 1,
            R = 2,
        }

        public static (Tensor, Tensor) qr(Tensor input, QRMode mode = QRMode.Reduced) =>
            Op.Qr.Call2(input, mode.ToString().ToLowerInvariant());

        public static (Tensor, Tensor, Tensor) svd(Tensor input, bool fullMatrices = true) => Op.Svd.Call3(input, fullMatrices);

        public static Tensor svdvals(Tensor input) => Op.Svdvals.Call(input);

        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Op.Eigh.Call2(input, UPLO.ToString());

        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Op.Eigvalsh.Call(input, UPLO.ToString());

        public static (Tensor, Tensor) eig(Tensor input) => Op.Eig.Call2(input);

        public static Tensor eigvals(Tensor input) => Op.Eigvals.Call(input);

        public static Tensor cholesky(Tensor input) => Op.Cholesky.Call(input);

        public static Tensor inv(Tensor input) => Op.Inv.Call(input);

        public static Tensor det(Tensor input) => Op.Det.Call(input);

        public static (Tensor, Tensor) slogdet(Tensor input) => Op.Slogdet.Call2(input);

        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Op.Solve.Call(A, B, left);

        public static Tensor cross(Tensor input, Tensor other, long dim = -1) => Op.Cross.Call(input, other, dim);

        public static Tensor matrix_exp(Tensor input) => Op.MatrixExp.Call(input);

        public static Tensor multi_dot(IList<Tensor> tensors) => Op.MultiDot.Call(tensors.ToArray());

        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            Op.VectorNorm.Call(input, ord, dims, keepdim);

        public static Tensor matrix_norm(Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) =>
            Op.MatrixNormName.Call(input, ord, dims ?? [-2, -1], keepdim);

        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Op.MatrixNorm.Call(input, ord, dims ?? [-2, -1], keepdim);

        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Op.Norm.Call(input, Value.None, dims, keepdim);

        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Op.Norm.Call(input, ord, dims, keepdim);

        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) =>
            Op.Norm.Call(input, ord, dims, keepdim);

        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            Op.NormName.Call(input, ord, dims, keepdim);
    }
}

file static class Op
{
    public static readonly Operator Qr = new("linalg_qr");
    public static readonly Operator Svd = new("linalg_svd");
    public static readonly Operator Svdvals = new("linalg_svdvals");
    public static readonly Operator Eigh = new("linalg_eigh");
    public static readonly Operator Eigvalsh = new("linalg_eigvalsh");
    public static readonly Operator Eig = new("linalg_eig");
    public static readonly Operator Eigvals = new("linalg_eigvals");
    public static readonly Operator Cholesky = new("linalg_cholesky");
    public static readonly Operator Inv = new("linalg_inv");
    public static readonly Operator Det = new("linalg_det");
    public static readonly Operator Slogdet = new("linalg_slogdet");
    public static readonly Operator Solve = new("linalg_solve");
    public static readonly Operator Cross = new("linalg_cross");
    public static readonly Operator MatrixExp = new("linalg_matrix_exp");
    public static readonly Operator MultiDot = new("linalg_multi_dot");
    public static readonly Operator VectorNorm = new("linalg_vector_norm");
    public static readonly Operator MatrixNorm = new("linalg_matrix_norm");
    public static readonly Operator MatrixNormName = new("linalg_matrix_norm.str_ord");
    public static readonly Operator Norm = new("linalg_norm");
    public static readonly Operator NormName = new("linalg_norm.ord_str");
}
