using TorchSharp.Interop;

namespace TorchSharp;

// Functions that are not methods of a tensor.
public static partial class torch
{
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Op.WhereSelf.Call(condition, x, y);

    /// <summary>The indices where the condition holds, one tensor for each dimension.</summary>
    public static Tensor[] where(Tensor condition) => Op.NonzeroNumpy.CallList(condition);

    public static Tensor einsum(string equation, params Tensor[] tensors) => Op.Einsum.Call(equation, tensors);

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") =>
        Op.Meshgrid.CallList(tensors.ToArray(), indexing);

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Op.BroadcastTensors.CallList(tensors);

    /// <summary>Where in the sorted sequence the values would stand.</summary>
    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null) =>
        Op.SearchsortedTensor.Call(sorted_sequence, values, out_int32, right, Value.None, sorter);

    public static Tensor searchsorted(Tensor sorted_sequence, Scalar values, bool out_int32, bool right, Tensor? sorter) =>
        Op.SearchsortedScalar.Call(sorted_sequence, values, out_int32, right, Value.None, sorter);

    public static Tensor gather(Tensor input, long dim, Tensor index, bool sparse_grad = false) =>
        Op.Gather.Call(input, dim, index, sparse_grad);

    public static Tensor movedim(Tensor input, long source, long destination) => input.movedim([source], [destination]);

    public static Tensor moveaxis(Tensor input, long source, long destination) => input.movedim([source], [destination]);

    public static Tensor norm(Tensor input) => input.norm();

    public static Tensor real(Tensor input) => input.real;

    public static Tensor imag(Tensor input) => input.imag;

    public static Tensor trapz(Tensor y, double dx = 1, long dim = -1) => y.trapezoid(dx, dim);

    public static Tensor trapz(Tensor y, Tensor x, long dim = -1) => y.trapezoid(x, dim);

    public static Tensor multiply_(Tensor left, Tensor right) => left.mul_(right);

    public static Tensor multiply_(Tensor left, Scalar right) => left.mul_(right);

    public static Tensor divide_(Tensor left, Scalar right) => left.div_(right);

    public static Tensor negative_(Tensor input) => input.neg_();

    public static Tensor combinations(Tensor input, int r = 2, bool with_replacement = false) =>
        Op.Combinations.Call(input, r, with_replacement);

    public static (Tensor, Tensor?, Tensor?) unique(
        Tensor input, bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
        input.unique(sorted, return_inverse, return_counts, dim);

    public static (Tensor, Tensor?, Tensor?) unique_consecutive(
        Tensor input, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
        input.unique_consecutive(return_inverse, return_counts, dim);

    public static (Tensor, Tensor) slogdet(Tensor A) => linalg.slogdet(A);

    public static Tensor cholesky(Tensor input) => input.cholesky();

    /// <summary>The largest value of an integer type.</summary>
    public static long max_int_value(ScalarType type) => type switch
    {
        ScalarType.Byte => byte.MaxValue,
        ScalarType.Int8 => sbyte.MaxValue,
        ScalarType.Int16 => short.MaxValue,
        ScalarType.Int32 => int.MaxValue,
        ScalarType.Int64 => long.MaxValue,
        ScalarType.Bool => 1,
        _ => throw new ArgumentException($"{type} is not a type of integers", nameof(type)),
    };

    public static Size broadcast_shapes(params long[][] shapes)
    {
        using var scope = NewDisposeScope();
        var tensors = Array.ConvertAll(shapes, static shape => empty(shape, device: META));
        return broadcast_tensors(tensors)[0].shape;
    }

    public static bool is_tensor(object obj) => obj is Tensor;

    public static bool can_cast(ScalarType from, ScalarType to) => Op.CanCast.CallBoolean(from, to);

    public static ScalarType promote_types(ScalarType type1, ScalarType type2) => (ScalarType)Op.PromoteTypes.CallInteger(type1, type2);

    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) => (ScalarType)Op.ResultType.CallInteger(tensor1, tensor2);

    public partial class Tensor
    {
        /// <summary>
        /// The distinct elements, and where asked for where each element stands among them and how often each occurs; else null.
        /// </summary>
        public (Tensor, Tensor?, Tensor?) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var found = dim is { } one
                ? Op.UniqueDim.Call3(this, one, sorted, return_inverse, return_counts)
                : Op.Unique2.Call3(this, sorted, return_inverse, return_counts);
            return Wanted(found, return_inverse, return_counts);
        }

        public (Tensor, Tensor?, Tensor?) unique_consecutive(bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            Wanted(Op.UniqueConsecutive.Call3(this, return_inverse, return_counts, dim), return_inverse, return_counts);

        private static (Tensor, Tensor?, Tensor?) Wanted((Tensor, Tensor, Tensor) found, bool inverse, bool counts)
        {
            if (!inverse) found.Item2.Dispose();
            if (!counts) found.Item3.Dispose();
            return (found.Item1, inverse ? found.Item2 : null, counts ? found.Item3 : null);
        }
    }
}

file static class Op
{
    public static readonly Operator WhereSelf = new("where.self");
    public static readonly Operator NonzeroNumpy = new("nonzero_numpy");
    public static readonly Operator Einsum = new("einsum");
    public static readonly Operator Meshgrid = new("meshgrid.indexing");
    public static readonly Operator BroadcastTensors = new("broadcast_tensors");
    public static readonly Operator SearchsortedTensor = new("searchsorted.Tensor");
    public static readonly Operator SearchsortedScalar = new("searchsorted.Scalar");
    public static readonly Operator Gather = new("gather");
    public static readonly Operator Combinations = new("combinations");
    public static readonly Operator CanCast = new("can_cast");
    public static readonly Operator PromoteTypes = new("promote_types");
    public static readonly Operator ResultType = new("result_type.Tensor");
    public static readonly Operator UniqueDim = new("unique_dim");
    public static readonly Operator Unique2 = new("_unique2");
    public static readonly Operator UniqueConsecutive = new("unique_consecutive");
}
