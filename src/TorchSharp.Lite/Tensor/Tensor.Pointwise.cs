using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Functions of one element at a time, also in place.
    public partial class Tensor
    {
        public Tensor abs() => Op.Abs.Call(this);
        public Tensor abs_() => Op.Abs_.Update(this);

        public Tensor absolute() => Op.Absolute.Call(this);
        public Tensor absolute_() => Op.Absolute_.Update(this);

        public Tensor acos() => Op.Acos.Call(this);
        public Tensor acos_() => Op.Acos_.Update(this);

        public Tensor acosh() => Op.Acosh.Call(this);
        public Tensor acosh_() => Op.Acosh_.Update(this);

        public Tensor arccos() => Op.Arccos.Call(this);
        public Tensor arccos_() => Op.Arccos_.Update(this);

        public Tensor arccosh() => Op.Arccosh.Call(this);
        public Tensor arccosh_() => Op.Arccosh_.Update(this);

        public Tensor arcsin() => Op.Arcsin.Call(this);
        public Tensor arcsin_() => Op.Arcsin_.Update(this);

        public Tensor arcsinh() => Op.Arcsinh.Call(this);
        public Tensor arcsinh_() => Op.Arcsinh_.Update(this);

        public Tensor arctan() => Op.Arctan.Call(this);
        public Tensor arctan_() => Op.Arctan_.Update(this);

        public Tensor arctanh() => Op.Arctanh.Call(this);
        public Tensor arctanh_() => Op.Arctanh_.Update(this);

        public Tensor asin() => Op.Asin.Call(this);
        public Tensor asin_() => Op.Asin_.Update(this);

        public Tensor asinh() => Op.Asinh.Call(this);
        public Tensor asinh_() => Op.Asinh_.Update(this);

        public Tensor atan() => Op.Atan.Call(this);
        public Tensor atan_() => Op.Atan_.Update(this);

        public Tensor atanh() => Op.Atanh.Call(this);
        public Tensor atanh_() => Op.Atanh_.Update(this);

        public Tensor ceil() => Op.Ceil.Call(this);
        public Tensor ceil_() => Op.Ceil_.Update(this);

        public Tensor cos() => Op.Cos.Call(this);
        public Tensor cos_() => Op.Cos_.Update(this);

        public Tensor cosh() => Op.Cosh.Call(this);
        public Tensor cosh_() => Op.Cosh_.Update(this);

        public Tensor deg2rad() => Op.Deg2rad.Call(this);
        public Tensor deg2rad_() => Op.Deg2rad_.Update(this);

        public Tensor digamma() => Op.Digamma.Call(this);
        public Tensor digamma_() => Op.Digamma_.Update(this);

        public Tensor erf() => Op.Erf.Call(this);
        public Tensor erf_() => Op.Erf_.Update(this);

        public Tensor erfc() => Op.Erfc.Call(this);
        public Tensor erfc_() => Op.Erfc_.Update(this);

        public Tensor erfinv() => Op.Erfinv.Call(this);
        public Tensor erfinv_() => Op.Erfinv_.Update(this);

        public Tensor exp() => Op.Exp.Call(this);
        public Tensor exp_() => Op.Exp_.Update(this);

        public Tensor exp2() => Op.Exp2.Call(this);
        public Tensor exp2_() => Op.Exp2_.Update(this);

        public Tensor expm1() => Op.Expm1.Call(this);
        public Tensor expm1_() => Op.Expm1_.Update(this);

        public Tensor fix() => Op.Fix.Call(this);
        public Tensor fix_() => Op.Fix_.Update(this);

        public Tensor floor() => Op.Floor.Call(this);
        public Tensor floor_() => Op.Floor_.Update(this);

        public Tensor frac() => Op.Frac.Call(this);
        public Tensor frac_() => Op.Frac_.Update(this);

        public Tensor i0() => Op.I0.Call(this);
        public Tensor i0_() => Op.I0_.Update(this);

        public Tensor lgamma() => Op.Lgamma.Call(this);
        public Tensor lgamma_() => Op.Lgamma_.Update(this);

        public Tensor log() => Op.Log.Call(this);
        public Tensor log_() => Op.Log_.Update(this);

        public Tensor log10() => Op.Log10.Call(this);
        public Tensor log10_() => Op.Log10_.Update(this);

        public Tensor log1p() => Op.Log1p.Call(this);
        public Tensor log1p_() => Op.Log1p_.Update(this);

        public Tensor log2() => Op.Log2.Call(this);
        public Tensor log2_() => Op.Log2_.Update(this);

        public Tensor neg() => Op.Neg.Call(this);
        public Tensor neg_() => Op.Neg_.Update(this);

        public Tensor reciprocal() => Op.Reciprocal.Call(this);
        public Tensor reciprocal_() => Op.Reciprocal_.Update(this);

        public Tensor rsqrt() => Op.Rsqrt.Call(this);
        public Tensor rsqrt_() => Op.Rsqrt_.Update(this);

        public Tensor rad2deg() => Op.Rad2deg.Call(this);
        public Tensor rad2deg_() => Op.Rad2deg_.Update(this);

        public Tensor sgn() => Op.Sgn.Call(this);
        public Tensor sgn_() => Op.Sgn_.Update(this);

        public Tensor sigmoid() => Op.Sigmoid.Call(this);
        public Tensor sigmoid_() => Op.Sigmoid_.Update(this);

        public Tensor sign() => Op.Sign.Call(this);
        public Tensor sign_() => Op.Sign_.Update(this);

        public Tensor sin() => Op.Sin.Call(this);
        public Tensor sin_() => Op.Sin_.Update(this);

        public Tensor sinc() => Op.Sinc.Call(this);
        public Tensor sinc_() => Op.Sinc_.Update(this);

        public Tensor sinh() => Op.Sinh.Call(this);
        public Tensor sinh_() => Op.Sinh_.Update(this);

        public Tensor sqrt() => Op.Sqrt.Call(this);
        public Tensor sqrt_() => Op.Sqrt_.Update(this);

        public Tensor tan() => Op.Tan.Call(this);
        public Tensor tan_() => Op.Tan_.Update(this);

        public Tensor tanh() => Op.Tanh.Call(this);
        public Tensor tanh_() => Op.Tanh_.Update(this);

        public Tensor trunc() => Op.Trunc.Call(this);
        public Tensor trunc_() => Op.Trunc_.Update(this);

        public Tensor angle() => Op.Angle.Call(this);

        public Tensor negative() => Op.Negative.Call(this);

        public Tensor positive() => Op.Positive.Call(this);

        public Tensor signbit() => Op.Signbit.Call(this);

        public Tensor square() => Op.Square.Call(this);

        public Tensor conj() => Op.Conj.Call(this);

        public Tensor conj_physical() => Op.ConjPhysical.Call(this);
        public Tensor conj_physical_() => Op.ConjPhysical_.Update(this);

        public Tensor resolve_conj() => Op.ResolveConj.Call(this);

        public Tensor resolve_neg() => Op.ResolveNeg.Call(this);

        public Tensor polygamma(long p) => Op.Polygamma.Call(p, this);

        public Tensor mvlgamma(long p) => Op.Mvlgamma.Call(this, p);
        public Tensor mvlgamma_(long p) => Op.Mvlgamma_.Update(this, p);

        public Tensor polygamma_(long p) => Op.Polygamma_.Update(this, p);
    }
}

file static class Op
{
    public static readonly Operator Abs = new("abs");
    public static readonly Operator Abs_ = new("abs_");
    public static readonly Operator Absolute = new("absolute");
    public static readonly Operator Absolute_ = new("absolute_");
    public static readonly Operator Acos = new("acos");
    public static readonly Operator Acos_ = new("acos_");
    public static readonly Operator Acosh = new("acosh");
    public static readonly Operator Acosh_ = new("acosh_");
    public static readonly Operator Angle = new("angle");
    public static readonly Operator Arccos = new("arccos");
    public static readonly Operator Arccos_ = new("arccos_");
    public static readonly Operator Arccosh = new("arccosh");
    public static readonly Operator Arccosh_ = new("arccosh_");
    public static readonly Operator Arcsin = new("arcsin");
    public static readonly Operator Arcsin_ = new("arcsin_");
    public static readonly Operator Arcsinh = new("arcsinh");
    public static readonly Operator Arcsinh_ = new("arcsinh_");
    public static readonly Operator Arctan = new("arctan");
    public static readonly Operator Arctan_ = new("arctan_");
    public static readonly Operator Arctanh = new("arctanh");
    public static readonly Operator Arctanh_ = new("arctanh_");
    public static readonly Operator Asin = new("asin");
    public static readonly Operator Asin_ = new("asin_");
    public static readonly Operator Asinh = new("asinh");
    public static readonly Operator Asinh_ = new("asinh_");
    public static readonly Operator Atan = new("atan");
    public static readonly Operator Atan_ = new("atan_");
    public static readonly Operator Atanh = new("atanh");
    public static readonly Operator Atanh_ = new("atanh_");
    public static readonly Operator Ceil = new("ceil");
    public static readonly Operator Ceil_ = new("ceil_");
    public static readonly Operator Conj = new("conj");
    public static readonly Operator ConjPhysical = new("conj_physical");
    public static readonly Operator ConjPhysical_ = new("conj_physical_");
    public static readonly Operator Cos = new("cos");
    public static readonly Operator Cos_ = new("cos_");
    public static readonly Operator Cosh = new("cosh");
    public static readonly Operator Cosh_ = new("cosh_");
    public static readonly Operator Deg2rad = new("deg2rad");
    public static readonly Operator Deg2rad_ = new("deg2rad_");
    public static readonly Operator Digamma = new("digamma");
    public static readonly Operator Digamma_ = new("digamma_");
    public static readonly Operator Erf = new("erf");
    public static readonly Operator Erf_ = new("erf_");
    public static readonly Operator Erfc = new("erfc");
    public static readonly Operator Erfc_ = new("erfc_");
    public static readonly Operator Erfinv = new("erfinv");
    public static readonly Operator Erfinv_ = new("erfinv_");
    public static readonly Operator Exp = new("exp");
    public static readonly Operator Exp2 = new("exp2");
    public static readonly Operator Exp2_ = new("exp2_");
    public static readonly Operator Exp_ = new("exp_");
    public static readonly Operator Expm1 = new("expm1");
    public static readonly Operator Expm1_ = new("expm1_");
    public static readonly Operator Fix = new("fix");
    public static readonly Operator Fix_ = new("fix_");
    public static readonly Operator Floor = new("floor");
    public static readonly Operator Floor_ = new("floor_");
    public static readonly Operator Frac = new("frac");
    public static readonly Operator Frac_ = new("frac_");
    public static readonly Operator I0 = new("i0");
    public static readonly Operator I0_ = new("i0_");
    public static readonly Operator Lgamma = new("lgamma");
    public static readonly Operator Lgamma_ = new("lgamma_");
    public static readonly Operator Log = new("log");
    public static readonly Operator Log10 = new("log10");
    public static readonly Operator Log10_ = new("log10_");
    public static readonly Operator Log1p = new("log1p");
    public static readonly Operator Log1p_ = new("log1p_");
    public static readonly Operator Log2 = new("log2");
    public static readonly Operator Log2_ = new("log2_");
    public static readonly Operator Log_ = new("log_");
    public static readonly Operator Mvlgamma = new("mvlgamma");
    public static readonly Operator Mvlgamma_ = new("mvlgamma_");
    public static readonly Operator Neg = new("neg");
    public static readonly Operator Neg_ = new("neg_");
    public static readonly Operator Negative = new("negative");
    public static readonly Operator Polygamma = new("polygamma");
    public static readonly Operator Polygamma_ = new("polygamma_");
    public static readonly Operator Positive = new("positive");
    public static readonly Operator Rad2deg = new("rad2deg");
    public static readonly Operator Rad2deg_ = new("rad2deg_");
    public static readonly Operator Reciprocal = new("reciprocal");
    public static readonly Operator Reciprocal_ = new("reciprocal_");
    public static readonly Operator ResolveConj = new("resolve_conj");
    public static readonly Operator ResolveNeg = new("resolve_neg");
    public static readonly Operator Rsqrt = new("rsqrt");
    public static readonly Operator Rsqrt_ = new("rsqrt_");
    public static readonly Operator Sgn = new("sgn");
    public static readonly Operator Sgn_ = new("sgn_");
    public static readonly Operator Sigmoid = new("sigmoid");
    public static readonly Operator Sigmoid_ = new("sigmoid_");
    public static readonly Operator Sign = new("sign");
    public static readonly Operator Sign_ = new("sign_");
    public static readonly Operator Signbit = new("signbit");
    public static readonly Operator Sin = new("sin");
    public static readonly Operator Sin_ = new("sin_");
    public static readonly Operator Sinc = new("sinc");
    public static readonly Operator Sinc_ = new("sinc_");
    public static readonly Operator Sinh = new("sinh");
    public static readonly Operator Sinh_ = new("sinh_");
    public static readonly Operator Sqrt = new("sqrt");
    public static readonly Operator Sqrt_ = new("sqrt_");
    public static readonly Operator Square = new("square");
    public static readonly Operator Tan = new("tan");
    public static readonly Operator Tan_ = new("tan_");
    public static readonly Operator Tanh = new("tanh");
    public static readonly Operator Tanh_ = new("tanh_");
    public static readonly Operator Trunc = new("trunc");
    public static readonly Operator Trunc_ = new("trunc_");
}
