using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>How a loss makes one number of its elements.</summary>
        public enum Reduction : long
        {
            /// <summary>It does not.</summary>
            None = 0,

            /// <summary>The (weighted) mean.</summary>
            Mean = 1,

            /// <summary>The sum.</summary>
            Sum = 2,
        }

        public static partial class functional
        {
            private static readonly Operator CrossEntropy = new("cross_entropy_loss");
            private static readonly Operator NegativeLogLikelihood = new("nll_loss_nd");
            private static readonly Operator BinaryCrossEntropy = new("binary_cross_entropy");
            private static readonly Operator BinaryCrossEntropyOfLogits = new("binary_cross_entropy_with_logits");
            private static readonly Operator SquaredError = new("mse_loss");
            private static readonly Operator AbsoluteError = new("l1_loss");
            private static readonly Operator SmoothAbsoluteError = new("smooth_l1_loss");
            private static readonly Operator Huber = new("huber_loss");
            private static readonly Operator Divergence = new("kl_div");
            private static readonly Operator Poisson = new("poisson_nll_loss");
            private static readonly Operator TemporalClassification = new("ctc_loss.Tensor");
            private static readonly Operator CosineEmbedding = new("cosine_embedding_loss");
            private static readonly Operator MarginRanking = new("margin_ranking_loss");

            /// <summary>−log softmax(input) at target classes or distributions: [batch, classes, …] → [batch, …], then reduced.</summary>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) =>
                CrossEntropy.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>The negative of log-probabilities [batch, classes, …] at the target classes [batch, …].</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                NegativeLogLikelihood.Call(input, target, weight, (long)reduction);

            /// <summary>Cross-entropy of probabilities with targets from 0 to 1.</summary>
            public static Tensor binary_cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                BinaryCrossEntropy.Call(input, target, weight, (long)reduction);

            /// <summary>Cross-entropy of σ(input) with targets from 0 to 1.</summary>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                BinaryCrossEntropyOfLogits.Call(input, target, weight, pos_weights, (long)reduction);

            /// <summary>d², where d = input − target.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                SquaredError.Call(input, target, (long)reduction);

            /// <summary>|d|, where d = input − target.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                AbsoluteError.Call(input, target, (long)reduction);

            /// <summary>d² / 2β where |d| is below β, |d| − β / 2 elsewhere.</summary>
            public static Tensor smooth_l1_loss(
                Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                SmoothAbsoluteError.Call(input, target, (long)reduction, beta);

            /// <summary>d² / 2 where |d| is below δ, δ (|d| − δ / 2) elsewhere.</summary>
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                Huber.Call(input, target, (long)reduction, delta);

            /// <summary>target (log target − input), where input is of log-probabilities.</summary>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Divergence.Call(input, target, (long)reduction, log_target);

            /// <summary>The negative log-likelihood of counts under Poisson's distribution.</summary>
            public static Tensor poisson_nll_loss(
                Tensor input, Tensor target, bool log_input = true, bool full = false, float eps = 1e-8f,
                Reduction reduction = Reduction.Mean) =>
                Poisson.Call(input, target, log_input, full, eps, (long)reduction);

            /// <summary>
            /// Connectionist temporal classification (Graves et al., 2006): log-probabilities [time, batch, classes], targets
            /// [batch, length] or all in a row, and the lengths of both, [batch]. The loss of a target longer than its input allows is
            /// infinite.
            /// </summary>
            public static Tensor ctc_loss(
                Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, long blank = 0, bool zero_infinity = false,
                Reduction reduction = Reduction.Mean) =>
                TemporalClassification.Call(log_probs, targets, input_lengths, target_lengths, blank, (long)reduction, zero_infinity);

            /// <summary>1 − cos(x, y) where the target is 1, max(0, cos(x, y) − margin) where it is −1.</summary>
            public static Tensor cosine_embedding_loss(
                Tensor input1, Tensor input2, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean) =>
                CosineEmbedding.Call(input1, input2, target, margin, (long)reduction);

            /// <summary>max(0, −target (x − y) + margin).</summary>
            public static Tensor margin_ranking_loss(
                Tensor input1, Tensor input2, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean) =>
                MarginRanking.Call(input1, input2, target, margin, (long)reduction);
        }
    }
}
