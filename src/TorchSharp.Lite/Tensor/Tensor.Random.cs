using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Random numbers in place, and samples.
    public partial class Tensor
    {
        public Tensor uniform_(double from, double to, Generator? generator = null) => Op.Uniform_.Update(this, from, to, generator);

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Op.Normal_.Update(this, mean, std, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Op.Bernoulli_Float.Update(this, p, generator);
        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Op.Bernoulli_Tensor.Update(this, p, generator);
        public Tensor bernoulli(Generator? generator = null) => Op.Bernoulli.Call(this, generator);

        public Tensor exponential_(double lambda = 1, Generator? generator = null) => Op.Exponential_.Update(this, lambda, generator);

        public Tensor cauchy_(double median = 0, double sigma = 1, Generator? generator = null) =>
            Op.Cauchy_.Update(this, median, sigma, generator);

        public Tensor geometric_(double p, Generator? generator = null) => Op.Geometric_.Update(this, p, generator);

        public Tensor log_normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Op.LogNormal_.Update(this, mean, std, generator);

        public Tensor random_(double from, double to, Generator? generator = null) =>
            Op.Random_From.Update(this, (long)from, (long)to, generator);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Op.Multinomial.Call(this, num_samples, replacement, generator);

        public Tensor poisson(Generator? generator = null) => Op.Poisson.Call(this, generator);

        public Tensor binomial(Tensor prob, Generator? generator = null) => Op.Binomial.Call(this, prob, generator);
    }
}

file static class Op
{
    public static readonly Operator Bernoulli = new("bernoulli");
    public static readonly Operator Bernoulli_Float = new("bernoulli_.float");
    public static readonly Operator Bernoulli_Tensor = new("bernoulli_.Tensor");
    public static readonly Operator Binomial = new("binomial");
    public static readonly Operator Cauchy_ = new("cauchy_");
    public static readonly Operator Exponential_ = new("exponential_");
    public static readonly Operator Geometric_ = new("geometric_");
    public static readonly Operator LogNormal_ = new("log_normal_");
    public static readonly Operator Multinomial = new("multinomial");
    public static readonly Operator Normal_ = new("normal_");
    public static readonly Operator Poisson = new("poisson");
    public static readonly Operator Random_From = new("random_.from");
    public static readonly Operator Uniform_ = new("uniform_");
}
