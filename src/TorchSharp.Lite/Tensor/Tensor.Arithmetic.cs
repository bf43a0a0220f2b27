using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Sums, products, quotients and powers, also in place.
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Op.AddTensor.Call(this, target);
        public Tensor add(Tensor target, Scalar alpha) => Op.AddTensor.Call(this, target, alpha);
        public Tensor add(Scalar scalar) => Op.AddScalar.Call(this, scalar);
        public Tensor add(Scalar scalar, Scalar alpha) => Op.AddScalar.Call(this, scalar, alpha);
        public Tensor add_(Tensor target) => Op.Add_Tensor.Update(this, target);
        public Tensor add_(Tensor target, Scalar alpha) => Op.Add_Tensor.Update(this, target, alpha);
        public Tensor add_(Scalar scalar) => Op.Add_Scalar.Update(this, scalar);
        public Tensor add_(Scalar scalar, Scalar alpha) => Op.Add_Scalar.Update(this, scalar, alpha);

        public Tensor sub(Tensor target) => Op.SubTensor.Call(this, target);
        public Tensor sub(Scalar target) => Op.SubScalar.Call(this, target);
        public Tensor sub_(Tensor target) => Op.Sub_Tensor.Update(this, target);
        public Tensor sub_(Scalar target) => Op.Sub_Scalar.Update(this, target);

        public Tensor subtract(Scalar target) => sub(target);
        public Tensor subtract(Tensor target) => sub(target);
        public Tensor subtract_(Scalar target) => sub_(target);
        public Tensor subtract_(Tensor target) => sub_(target);

        public Tensor mul(Tensor target) => Op.MulTensor.Call(this, target);
        public Tensor mul(Scalar target) => Op.MulScalar.Call(this, target);
        public Tensor mul_(Tensor target) => Op.Mul_Tensor.Update(this, target);
        public Tensor mul_(Scalar target) => Op.Mul_Scalar.Update(this, target);

        public Tensor multiply(Scalar target) => mul(target);
        public Tensor multiply(Tensor target) => mul(target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Op.DivTensorMode.Call(this, target, ModeName(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Op.DivScalarMode.Call(this, target, ModeName(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Op.Div_TensorMode.Update(this, target, ModeName(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Op.Div_ScalarMode.Update(this, target, ModeName(rounding_mode));

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);
        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor true_divide(Scalar other) => div(other);
        public Tensor true_divide(Tensor other) => div(other);
        public Tensor true_divide_(Scalar other) => div_(other);
        public Tensor true_divide_(Tensor other) => div_(other);

        public Tensor floor_divide(Tensor other) => Op.FloorDivide.Call(this, other);
        public Tensor floor_divide(Scalar other) => Op.FloorDivideScalar.Call(this, other);
        public Tensor floor_divide_(Tensor other) => Op.FloorDivide_Tensor.Update(this, other);
        public Tensor floor_divide_(Scalar other) => Op.FloorDivide_Scalar.Update(this, other);

        public Tensor fmod(Tensor target) => Op.FmodTensor.Call(this, target);
        public Tensor fmod(Scalar scalar) => Op.FmodScalar.Call(this, scalar);
        public Tensor fmod_(Tensor target) => Op.Fmod_Tensor.Update(this, target);
        public Tensor fmod_(Scalar scalar) => Op.Fmod_Scalar.Update(this, scalar);

        public Tensor remainder(Tensor target) => Op.RemainderTensor.Call(this, target);
        public Tensor remainder(Scalar scalar) => Op.RemainderScalar.Call(this, scalar);
        public Tensor remainder_(Tensor target) => Op.Remainder_Tensor.Update(this, target);
        public Tensor remainder_(Scalar scalar) => Op.Remainder_Scalar.Update(this, scalar);

        public Tensor pow(Tensor exponent) => Op.PowTensorTensor.Call(this, exponent);
        public Tensor pow(Scalar exponent) => Op.PowTensorScalar.Call(this, exponent);
        public Tensor pow_(Tensor exponent) => Op.Pow_Tensor.Update(this, exponent);
        public Tensor pow_(Scalar exponent) => Op.Pow_Scalar.Update(this, exponent);

        public Tensor float_power(Tensor target) => Op.FloatPowerTensorTensor.Call(this, target);
        public Tensor float_power_(Tensor target) => Op.FloatPower_Tensor.Update(this, target);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Addcmul.Call(this, tensor1, tensor2, value);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Addcmul_.Update(this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Addcdiv.Call(this, tensor1, tensor2, value);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Addcdiv_.Update(this, tensor1, tensor2, value);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Op.Addcdiv.Call(this, tensor1, tensor2);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Op.Addcdiv_.Update(this, tensor1, tensor2);

        public Tensor lerp(Tensor end, Tensor weight) => Op.LerpTensor.Call(this, end, weight);
        public Tensor lerp_(Tensor end, Tensor weight) => Op.Lerp_Tensor.Update(this, end, weight);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Op.Clamp.Call(this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Op.ClampTensor.Call(this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Op.Clamp_.Update(this, min, max);
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Op.Clamp_Tensor.Update(this, min, max);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => Op.Clamp.Call(this, min, max);

        public Tensor clamp_max(Scalar max) => Op.ClampMax.Call(this, max);
        public Tensor clamp_max_(Scalar max) => Op.ClampMax_.Update(this, max);

        public Tensor clamp_min(Scalar min) => Op.ClampMin.Call(this, min);
        public Tensor clamp_min_(Scalar min) => Op.ClampMin_.Update(this, min);

        public Tensor fill_(Scalar value) => Op.Fill_Scalar.Update(this, value);

        public Tensor zero_() => Op.Zero_.Update(this);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Op.Copy_.Update(this, source, nonBlocking);

        public bool is_neg() => Op.IsNeg.CallBoolean(this);

        public bool is_conj() => Op.IsConj.CallBoolean(this);

        public Tensor round(long decimals = 0) => Op.RoundDecimals.Call(this, decimals);
        public Tensor round_(long decimals = 0) => Op.Round_Decimals.Update(this, decimals);

        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) =>
            Op.NanToNum.Call(this, nan, posinf, neginf);

        public Tensor nan_to_num_(double nan = 0, double? posinf = null, double? neginf = null) =>
            Op.NanToNum_.Update(this, nan, posinf, neginf);

        public Tensor logit(double? eps = null) => Op.Logit.Call(this, eps);
        public Tensor logit_(double? eps = null) => Op.Logit_.Update(this, eps);
    }
}

file static class Op
{
    public static readonly Operator AddScalar = new("add.Scalar");
    public static readonly Operator AddTensor = new("add.Tensor");
    public static readonly Operator Add_Scalar = new("add_.Scalar");
    public static readonly Operator Add_Tensor = new("add_.Tensor");
    public static readonly Operator Addcdiv = new("addcdiv");
    public static readonly Operator Addcdiv_ = new("addcdiv_");
    public static readonly Operator Addcmul = new("addcmul");
    public static readonly Operator Addcmul_ = new("addcmul_");
    public static readonly Operator Clamp = new("clamp");
    public static readonly Operator ClampMax = new("clamp_max");
    public static readonly Operator ClampMax_ = new("clamp_max_");
    public static readonly Operator ClampMin = new("clamp_min");
    public static readonly Operator ClampMin_ = new("clamp_min_");
    public static readonly Operator ClampTensor = new("clamp.Tensor");
    public static readonly Operator Clamp_ = new("clamp_");
    public static readonly Operator Clamp_Tensor = new("clamp_.Tensor");
    public static readonly Operator Copy_ = new("copy_");
    public static readonly Operator DivScalarMode = new("div.Scalar_mode");
    public static readonly Operator DivTensorMode = new("div.Tensor_mode");
    public static readonly Operator Div_ScalarMode = new("div_.Scalar_mode");
    public static readonly Operator Div_TensorMode = new("div_.Tensor_mode");
    public static readonly Operator Fill_Scalar = new("fill_.Scalar");
    public static readonly Operator FloatPowerTensorTensor = new("float_power.Tensor_Tensor");
    public static readonly Operator FloatPower_Tensor = new("float_power_.Tensor");
    public static readonly Operator FloorDivide = new("floor_divide");
    public static readonly Operator FloorDivideScalar = new("floor_divide.Scalar");
    public static readonly Operator FloorDivide_Scalar = new("floor_divide_.Scalar");
    public static readonly Operator FloorDivide_Tensor = new("floor_divide_.Tensor");
    public static readonly Operator FmodScalar = new("fmod.Scalar");
    public static readonly Operator FmodTensor = new("fmod.Tensor");
    public static readonly Operator Fmod_Scalar = new("fmod_.Scalar");
    public static readonly Operator Fmod_Tensor = new("fmod_.Tensor");
    public static readonly Operator IsConj = new("is_conj");
    public static readonly Operator IsNeg = new("is_neg");
    public static readonly Operator LerpTensor = new("lerp.Tensor");
    public static readonly Operator Lerp_Tensor = new("lerp_.Tensor");
    public static readonly Operator Logit = new("logit");
    public static readonly Operator Logit_ = new("logit_");
    public static readonly Operator MulScalar = new("mul.Scalar");
    public static readonly Operator MulTensor = new("mul.Tensor");
    public static readonly Operator Mul_Scalar = new("mul_.Scalar");
    public static readonly Operator Mul_Tensor = new("mul_.Tensor");
    public static readonly Operator NanToNum = new("nan_to_num");
    public static readonly Operator NanToNum_ = new("nan_to_num_");
    public static readonly Operator PowTensorScalar = new("pow.Tensor_Scalar");
    public static readonly Operator PowTensorTensor = new("pow.Tensor_Tensor");
    public static readonly Operator Pow_Scalar = new("pow_.Scalar");
    public static readonly Operator Pow_Tensor = new("pow_.Tensor");
    public static readonly Operator RemainderScalar = new("remainder.Scalar");
    public static readonly Operator RemainderTensor = new("remainder.Tensor");
    public static readonly Operator Remainder_Scalar = new("remainder_.Scalar");
    public static readonly Operator Remainder_Tensor = new("remainder_.Tensor");
    public static readonly Operator RoundDecimals = new("round.decimals");
    public static readonly Operator Round_Decimals = new("round_.decimals");
    public static readonly Operator SubScalar = new("sub.Scalar");
    public static readonly Operator SubTensor = new("sub.Tensor");
    public static readonly Operator Sub_Scalar = new("sub_.Scalar");
    public static readonly Operator Sub_Tensor = new("sub_.Tensor");
    public static readonly Operator Zero_ = new("zero_");
}
