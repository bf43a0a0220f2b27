using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Comparisons, logic, and tests of elements.
    public partial class Tensor
    {
        public Tensor eq(Scalar target) => Op.EqScalar.Call(this, target);
        public Tensor eq(Tensor target) => Op.EqTensor.Call(this, target);
        public Tensor eq_(Scalar target) => Op.Eq_Scalar.Update(this, target);
        public Tensor eq_(Tensor target) => Op.Eq_Tensor.Update(this, target);

        public Tensor ne(Scalar target) => Op.NeScalar.Call(this, target);
        public Tensor ne(Tensor target) => Op.NeTensor.Call(this, target);
        public Tensor ne_(Scalar target) => Op.Ne_Scalar.Update(this, target);
        public Tensor ne_(Tensor target) => Op.Ne_Tensor.Update(this, target);

        public Tensor lt(Scalar target) => Op.LtScalar.Call(this, target);
        public Tensor lt(Tensor target) => Op.LtTensor.Call(this, target);
        public Tensor lt_(Scalar target) => Op.Lt_Scalar.Update(this, target);
        public Tensor lt_(Tensor target) => Op.Lt_Tensor.Update(this, target);

        public Tensor le(Scalar target) => Op.LeScalar.Call(this, target);
        public Tensor le(Tensor target) => Op.LeTensor.Call(this, target);
        public Tensor le_(Scalar target) => Op.Le_Scalar.Update(this, target);
        public Tensor le_(Tensor target) => Op.Le_Tensor.Update(this, target);

        public Tensor gt(Scalar target) => Op.GtScalar.Call(this, target);
        public Tensor gt(Tensor target) => Op.GtTensor.Call(this, target);
        public Tensor gt_(Scalar target) => Op.Gt_Scalar.Update(this, target);
        public Tensor gt_(Tensor target) => Op.Gt_Tensor.Update(this, target);

        public Tensor ge(Scalar target) => Op.GeScalar.Call(this, target);
        public Tensor ge(Tensor target) => Op.GeTensor.Call(this, target);
        public Tensor ge_(Scalar target) => Op.Ge_Scalar.Update(this, target);
        public Tensor ge_(Tensor target) => Op.Ge_Tensor.Update(this, target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor less(Tensor target) => lt(target);

        public Tensor less_equal(Tensor target) => le(target);
        public Tensor less_equal_(Tensor target) => le_(target);

        public Tensor not_equal(Tensor target) => ne(target);
        public Tensor not_equal_(Tensor target) => ne_(target);

        public Tensor equal(Tensor target) => eq(target);

        public bool allclose(Tensor target, double rtol = 1E-05, double atol = 1E-08, bool equal_nan = false) =>
            Op.Allclose.CallBoolean(this, target, rtol, atol, equal_nan);

        public Tensor isclose(Tensor other, double rtol = 1E-05, double atol = 1E-08, bool nanEqual = false) =>
            Op.Isclose.Call(this, other, rtol, atol, nanEqual);

        public Tensor isfinite() => Op.Isfinite.Call(this);

        public Tensor isinf() => Op.Isinf.Call(this);

        public Tensor isnan() => Op.Isnan.Call(this);

        public Tensor isneginf() => Op.Isneginf.Call(this);

        public Tensor isposinf() => Op.Isposinf.Call(this);

        public Tensor isreal() => Op.Isreal.Call(this);

        public Tensor logical_not() => Op.LogicalNot.Call(this);
        public Tensor logical_not_() => Op.LogicalNot_.Update(this);

        public Tensor bitwise_not() => Op.BitwiseNot.Call(this);
        public Tensor bitwise_not_() => Op.BitwiseNot_.Update(this);

        public Tensor logical_and(Tensor other) => Op.LogicalAnd.Call(this, other);
        public Tensor logical_and_(Tensor other) => Op.LogicalAnd_.Update(this, other);

        public Tensor logical_or(Tensor other) => Op.LogicalOr.Call(this, other);
        public Tensor logical_or_(Tensor other) => Op.LogicalOr_.Update(this, other);

        public Tensor logical_xor(Tensor other) => Op.LogicalXor.Call(this, other);
        public Tensor logical_xor_(Tensor other) => Op.LogicalXor_.Update(this, other);

        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Op.IsinTensorTensor.Call(this, test_elements, assumeUnique, invert);

        public Tensor where(Tensor condition, Tensor y) => Op.WhereSelf.Call(condition, this, y);
    }
}

file static class Op
{
    public static readonly Operator Allclose = new("allclose");
    public static readonly Operator BitwiseNot = new("bitwise_not");
    public static readonly Operator BitwiseNot_ = new("bitwise_not_");
    public static readonly Operator EqScalar = new("eq.Scalar");
    public static readonly Operator EqTensor = new("eq.Tensor");
    public static readonly Operator Eq_Scalar = new("eq_.Scalar");
    public static readonly Operator Eq_Tensor = new("eq_.Tensor");
    public static readonly Operator GeScalar = new("ge.Scalar");
    public static readonly Operator GeTensor = new("ge.Tensor");
    public static readonly Operator Ge_Scalar = new("ge_.Scalar");
    public static readonly Operator Ge_Tensor = new("ge_.Tensor");
    public static readonly Operator GtScalar = new("gt.Scalar");
    public static readonly Operator GtTensor = new("gt.Tensor");
    public static readonly Operator Gt_Scalar = new("gt_.Scalar");
    public static readonly Operator Gt_Tensor = new("gt_.Tensor");
    public static readonly Operator Isclose = new("isclose");
    public static readonly Operator Isfinite = new("isfinite");
    public static readonly Operator IsinTensorTensor = new("isin.Tensor_Tensor");
    public static readonly Operator Isinf = new("isinf");
    public static readonly Operator Isnan = new("isnan");
    public static readonly Operator Isneginf = new("isneginf");
    public static readonly Operator Isposinf = new("isposinf");
    public static readonly Operator Isreal = new("isreal");
    public static readonly Operator LeScalar = new("le.Scalar");
    public static readonly Operator LeTensor = new("le.Tensor");
    public static readonly Operator Le_Scalar = new("le_.Scalar");
    public static readonly Operator Le_Tensor = new("le_.Tensor");
    public static readonly Operator LogicalAnd = new("logical_and");
    public static readonly Operator LogicalAnd_ = new("logical_and_");
    public static readonly Operator LogicalNot = new("logical_not");
    public static readonly Operator LogicalNot_ = new("logical_not_");
    public static readonly Operator LogicalOr = new("logical_or");
    public static readonly Operator LogicalOr_ = new("logical_or_");
    public static readonly Operator LogicalXor = new("logical_xor");
    public static readonly Operator LogicalXor_ = new("logical_xor_");
    public static readonly Operator LtScalar = new("lt.Scalar");
    public static readonly Operator LtTensor = new("lt.Tensor");
    public static readonly Operator Lt_Scalar = new("lt_.Scalar");
    public static readonly Operator Lt_Tensor = new("lt_.Tensor");
    public static readonly Operator NeScalar = new("ne.Scalar");
    public static readonly Operator NeTensor = new("ne.Tensor");
    public static readonly Operator Ne_Scalar = new("ne_.Scalar");
    public static readonly Operator Ne_Tensor = new("ne_.Tensor");
    public static readonly Operator WhereSelf = new("where.self");
}
