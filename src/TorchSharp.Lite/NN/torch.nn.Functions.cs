using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>max(0, x).</summary>
        public static ReLU ReLU(bool inplace = false) => new(inplace);

        /// <summary>tanh(x).</summary>
        public static Tanh Tanh() => new(false);

        /// <summary>tanh(x).</summary>
        public static Tanh Tanh(bool inplace = false) => new(inplace);

        /// <summary>1 / (1 + e⁻ˣ).</summary>
        public static Sigmoid Sigmoid() => new(false);

        /// <summary>1 / (1 + e⁻ˣ).</summary>
        public static Sigmoid Sigmoid(bool inplace) => new(inplace);

        /// <summary>x σ(x).</summary>
        public static SiLU SiLU() => new(false);

        /// <summary>x σ(x).</summary>
        public static SiLU SiLU(bool inplace) => new(inplace);

        /// <summary>x Φ(x).</summary>
        public static GELU GELU() => new(Modules.GELU.Approximate.none, false);

        /// <summary>x Φ(x).</summary>
        public static GELU GELU(bool inplace) => new(Modules.GELU.Approximate.none, inplace);

        /// <summary>x Φ(x), exactly or by a hyperbolic tangent.</summary>
        public static GELU GELU(GELU.Approximate approximate, bool inplace = false) => new(approximate, inplace);

        /// <summary>x where positive, slope · x elsewhere.</summary>
        public static LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) => new(negative_slope, inplace);

        /// <summary>x where positive, α (eˣ − 1) elsewhere.</summary>
        public static ELU ELU(double alpha = 1.0, bool inplace = false) => new(alpha, inplace);

        /// <summary>x held between two values.</summary>
        public static Hardtanh Hardtanh(double min_val = -1.0, double max_val = 1.0, bool inplace = false) =>
            new(min_val, max_val, inplace);

        /// <summary>log(1 + e^{βx}) / β.</summary>
        public static Softplus Softplus(double beta = 1.0, double threshold = 20.0) => new(beta, threshold);

        /// <summary>eˣ over its sum along one axis.</summary>
        public static Softmax Softmax(long dim) => new(dim);

        /// <summary>x − log Σ eˣ along one axis.</summary>
        public static LogSoftmax LogSoftmax(long dim) => new(dim);

        /// <summary>x.</summary>
        public static Identity Identity() => new();

        /// <summary>Makes one axis of several.</summary>
        public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);

        /// <summary>−log softmax(input) at the target classes.</summary>
        public static CrossEntropyLoss CrossEntropyLoss(
            Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) =>
            new(weight, ignore_index, reduction);

        /// <summary>The negative of the log-probabilities at the target classes.</summary>
        public static NLLLoss NLLLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) => new(weight, reduction);

        /// <summary>Cross-entropy of probabilities with targets from 0 to 1.</summary>
        public static BCELoss BCELoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) => new(weight, reduction);

        /// <summary>Cross-entropy of σ(input) with targets from 0 to 1.</summary>
        public static BCEWithLogitsLoss BCEWithLogitsLoss(
            Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
            new(weight, reduction, pos_weights);

        /// <summary>The squared difference.</summary>
        public static MSELoss MSELoss(Reduction reduction = Reduction.Mean) => new(reduction);

        /// <summary>The absolute difference.</summary>
        public static L1Loss L1Loss(Reduction reduction = Reduction.Mean) => new(reduction);

        /// <summary>Squared near zero, absolute elsewhere.</summary>
        public static SmoothL1Loss SmoothL1Loss(Reduction reduction = Reduction.Mean, double beta = 1.0) => new(reduction, beta);

        /// <summary>Squared near zero, absolute elsewhere.</summary>
        public static HuberLoss HuberLoss(double delta = 1.0, Reduction reduction = Reduction.Mean) => new(delta, reduction);

        /// <summary>The divergence of Kullback and Leibler.</summary>
        public static KLDivLoss KLDivLoss(bool log_target = true, Reduction reduction = Reduction.Mean) => new(log_target, reduction);

        /// <summary>The negative log-likelihood of counts.</summary>
        public static PoissonNLLLoss PoissonNLLLoss(
            bool log_input = true, bool full = false, float eps = 1e-8f, Reduction reduction = Reduction.Mean) =>
            new(log_input, full, eps, reduction);

        /// <summary>Connectionist temporal classification.</summary>
        public static CTCLoss CTCLoss(long blank = 0, bool zero_infinity = false, Reduction reduction = Reduction.Mean) =>
            new(blank, zero_infinity, reduction);
    }
}
