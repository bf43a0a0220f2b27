using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Functions of neural networks.
    public partial class Tensor
    {
        public Tensor relu() => Op.Relu.Call(this);
        public Tensor relu_() => Op.Relu_.Update(this);

        public Tensor silu() => Op.Silu.Call(this);
        public Tensor silu_() => Op.Silu_.Update(this);

        public Tensor hardsigmoid() => Op.Hardsigmoid.Call(this);
        public Tensor hardsigmoid_() => Op.Hardsigmoid_.Update(this);

        public Tensor hardswish() => Op.Hardswish.Call(this);
        public Tensor hardswish_() => Op.Hardswish_.Update(this);

        public Tensor selu() => Op.Selu.Call(this);
        public Tensor selu_() => Op.Selu_.Update(this);

        public Tensor relu6() => Op.Relu6.Call(this);
        public Tensor relu6_() => Op.Relu6_.Update(this);

        public Tensor log_sigmoid() => Op.LogSigmoid.Call(this);

        public Tensor celu() => Op.Celu.Call(this);
        public Tensor celu(Scalar alpha) => Op.Celu.Call(this, alpha);
        public Tensor celu_() => Op.Celu_.Update(this);
        public Tensor celu_(Scalar alpha) => Op.Celu_.Update(this, alpha);

        public Tensor elu(double alpha = 1) => Op.Elu.Call(this, alpha);
        public Tensor elu_(double alpha = 1) => Op.Elu_.Update(this, alpha);
        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Op.Elu.Call(this, alpha, scale, input_scale);
        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale) => Op.Elu_.Update(this, alpha, scale, input_scale);

        public Tensor gelu() => Op.Gelu.Call(this);
        public Tensor gelu_() => Op.Gelu_.Update(this);

        public Tensor glu(long dim = -1) => Op.Glu.Call(this, dim);

        public Tensor rrelu(double lower = 0.125, double upper = 0.3333333333333333) => Op.Rrelu.Call(this, lower, upper);
        public Tensor rrelu_(double lower = 0.125, double upper = 0.3333333333333333) => Op.Rrelu_.Update(this, lower, upper);

        public Tensor hardtanh(Scalar min, Scalar max) => Op.Hardtanh.Call(this, min, max);
        public Tensor hardtanh_(Scalar min, Scalar max) => Op.Hardtanh_.Update(this, min, max);

        public Tensor leaky_relu(Scalar negative_slope) => Op.LeakyRelu.Call(this, negative_slope);
        public Tensor leaky_relu_(Scalar negative_slope) => Op.LeakyRelu_.Update(this, negative_slope);

        public Tensor prelu(Tensor target) => Op.Prelu.Call(this, target);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Op.SoftmaxInt.Call(this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Op.LogSoftmaxInt.Call(this, dim, dtype);

        public Tensor softplus(double beta = 1, double threshold = 20) => Op.Softplus.Call(this, beta, threshold);

        public Tensor threshold(Scalar threshold, Scalar value) => Op.Threshold.Call(this, threshold, value);
        public Tensor threshold_(Scalar threshold, Scalar value) => Op.Threshold_.Update(this, threshold, value);
    }
}

file static class Op
{
    public static readonly Operator Celu = new("celu");
    public static readonly Operator Celu_ = new("celu_");
    public static readonly Operator Elu = new("elu");
    public static readonly Operator Elu_ = new("elu_");
    public static readonly Operator Gelu = new("gelu");
    public static readonly Operator Gelu_ = new("gelu_");
    public static readonly Operator Glu = new("glu");
    public static readonly Operator Hardsigmoid = new("hardsigmoid");
    public static readonly Operator Hardsigmoid_ = new("hardsigmoid_");
    public static readonly Operator Hardswish = new("hardswish");
    public static readonly Operator Hardswish_ = new("hardswish_");
    public static readonly Operator Hardtanh = new("hardtanh");
    public static readonly Operator Hardtanh_ = new("hardtanh_");
    public static readonly Operator LeakyRelu = new("leaky_relu");
    public static readonly Operator LeakyRelu_ = new("leaky_relu_");
    public static readonly Operator LogSigmoid = new("log_sigmoid");
    public static readonly Operator LogSoftmaxInt = new("log_softmax.int");
    public static readonly Operator Prelu = new("prelu");
    public static readonly Operator Relu = new("relu");
    public static readonly Operator Relu6 = new("relu6");
    public static readonly Operator Relu6_ = new("relu6_");
    public static readonly Operator Relu_ = new("relu_");
    public static readonly Operator Rrelu = new("rrelu");
    public static readonly Operator Rrelu_ = new("rrelu_");
    public static readonly Operator Selu = new("selu");
    public static readonly Operator Selu_ = new("selu_");
    public static readonly Operator Silu = new("silu");
    public static readonly Operator Silu_ = new("silu_");
    public static readonly Operator SoftmaxInt = new("softmax.int");
    public static readonly Operator Softplus = new("softplus");
    public static readonly Operator Threshold = new("threshold");
    public static readonly Operator Threshold_ = new("threshold_");
}
