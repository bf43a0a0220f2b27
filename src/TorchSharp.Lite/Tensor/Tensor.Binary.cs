using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Functions of the elements of two tensors, also in place.
    public partial class Tensor
    {
        public Tensor arctan(Tensor other) => Op.Atan2.Call(this, other);
        public Tensor arctan_(Tensor other) => Op.Atan2_.Update(this, other);

        public Tensor arctan2(Tensor other) => Op.Atan2.Call(this, other);
        public Tensor arctan2_(Tensor other) => Op.Atan2_.Update(this, other);

        public Tensor atan2(Tensor other) => Op.Atan2.Call(this, other);
        public Tensor atan2_(Tensor other) => Op.Atan2_.Update(this, other);

        public Tensor copysign(Tensor other) => Op.CopysignTensor.Call(this, other);
        public Tensor copysign_(Tensor other) => Op.Copysign_Tensor.Update(this, other);

        public Tensor fmax(Tensor other) => Op.Fmax.Call(this, other);

        public Tensor fmin(Tensor other) => Op.Fmin.Call(this, other);

        public Tensor maximum(Tensor other) => Op.Maximum.Call(this, other);

        public Tensor minimum(Tensor other) => Op.Minimum.Call(this, other);

        public Tensor gcd(Tensor other) => Op.Gcd.Call(this, other);
        public Tensor gcd_(Tensor other) => Op.Gcd_.Update(this, other);

        public Tensor lcm(Tensor other) => Op.Lcm.Call(this, other);
        public Tensor lcm_(Tensor other) => Op.Lcm_.Update(this, other);

        public Tensor heaviside(Tensor other) => Op.Heaviside.Call(this, other);
        public Tensor heaviside_(Tensor other) => Op.Heaviside_.Update(this, other);

        public Tensor hypot(Tensor other) => Op.Hypot.Call(this, other);

        public Tensor igamma(Tensor other) => Op.Igamma.Call(this, other);

        public Tensor igammac(Tensor other) => Op.Igammac.Call(this, other);

        public Tensor ldexp(Tensor other) => Op.LdexpTensor.Call(this, other);
        public Tensor ldexp_(Tensor other) => Op.Ldexp_.Update(this, other);

        public Tensor logaddexp(Tensor other) => Op.Logaddexp.Call(this, other);

        public Tensor logaddexp2(Tensor other) => Op.Logaddexp2.Call(this, other);

        public Tensor nextafter(Tensor other) => Op.Nextafter.Call(this, other);
        public Tensor nextafter_(Tensor other) => Op.Nextafter_.Update(this, other);

        public Tensor xlogy(Tensor y) => Op.XlogyTensor.Call(this, y);
        public Tensor xlogy(Scalar y) => Op.XlogyScalarOther.Call(this, y);
        public Tensor xlogy_(Tensor y) => Op.Xlogy_Tensor.Update(this, y);
        public Tensor xlogy_(Scalar y) => Op.Xlogy_ScalarOther.Update(this, y);

        public Tensor dist(Tensor other, float p = 2) => Op.Dist.Call(this, other, p);

        public Tensor bitwise_and(Tensor other) => Op.BitwiseAndTensor.Call(this, other);
        public Tensor bitwise_and_(Tensor other) => Op.BitwiseAnd_Tensor.Update(this, other);

        public Tensor bitwise_or(Tensor other) => Op.BitwiseOrTensor.Call(this, other);
        public Tensor bitwise_or_(Tensor other) => Op.BitwiseOr_Tensor.Update(this, other);

        public Tensor bitwise_xor(Tensor other) => Op.BitwiseXorTensor.Call(this, other);
        public Tensor bitwise_xor_(Tensor other) => Op.BitwiseXor_Tensor.Update(this, other);

        public Tensor bitwise_left_shift(Tensor other) => Op.BitwiseLeftShiftTensor.Call(this, other);
        public Tensor bitwise_left_shift_(Tensor other) => Op.BitwiseLeftShift_Tensor.Update(this, other);

        public Tensor bitwise_right_shift(Tensor other) => Op.BitwiseRightShiftTensor.Call(this, other);
        public Tensor bitwise_right_shift_(Tensor other) => Op.BitwiseRightShift_Tensor.Update(this, other);
    }
}

file static class Op
{
    public static readonly Operator Atan2 = new("atan2");
    public static readonly Operator Atan2_ = new("atan2_");
    public static readonly Operator BitwiseAndTensor = new("bitwise_and.Tensor");
    public static readonly Operator BitwiseAnd_Tensor = new("bitwise_and_.Tensor");
    public static readonly Operator BitwiseLeftShiftTensor = new("bitwise_left_shift.Tensor");
    public static readonly Operator BitwiseLeftShift_Tensor = new("bitwise_left_shift_.Tensor");
    public static readonly Operator BitwiseOrTensor = new("bitwise_or.Tensor");
    public static readonly Operator BitwiseOr_Tensor = new("bitwise_or_.Tensor");
    public static readonly Operator BitwiseRightShiftTensor = new("bitwise_right_shift.Tensor");
    public static readonly Operator BitwiseRightShift_Tensor = new("bitwise_right_shift_.Tensor");
    public static readonly Operator BitwiseXorTensor = new("bitwise_xor.Tensor");
    public static readonly Operator BitwiseXor_Tensor = new("bitwise_xor_.Tensor");
    public static readonly Operator CopysignTensor = new("copysign.Tensor");
    public static readonly Operator Copysign_Tensor = new("copysign_.Tensor");
    public static readonly Operator Dist = new("dist");
    public static readonly Operator Fmax = new("fmax");
    public static readonly Operator Fmin = new("fmin");
    public static readonly Operator Gcd = new("gcd");
    public static readonly Operator Gcd_ = new("gcd_");
    public static readonly Operator Heaviside = new("heaviside");
    public static readonly Operator Heaviside_ = new("heaviside_");
    public static readonly Operator Hypot = new("hypot");
    public static readonly Operator Igamma = new("igamma");
    public static readonly Operator Igammac = new("igammac");
    public static readonly Operator Lcm = new("lcm");
    public static readonly Operator Lcm_ = new("lcm_");
    public static readonly Operator LdexpTensor = new("ldexp.Tensor");
    public static readonly Operator Ldexp_ = new("ldexp_");
    public static readonly Operator Logaddexp = new("logaddexp");
    public static readonly Operator Logaddexp2 = new("logaddexp2");
    public static readonly Operator Maximum = new("maximum");
    public static readonly Operator Minimum = new("minimum");
    public static readonly Operator Nextafter = new("nextafter");
    public static readonly Operator Nextafter_ = new("nextafter_");
    public static readonly Operator XlogyScalarOther = new("xlogy.Scalar_Other");
    public static readonly Operator XlogyTensor = new("xlogy.Tensor");
    public static readonly Operator Xlogy_ScalarOther = new("xlogy_.Scalar_Other");
    public static readonly Operator Xlogy_Tensor = new("xlogy_.Tensor");
}
