using RnnTrain.Cells;
using RnnTrain.Configuration;
using static TorchSharp.torch;

namespace RnnTrain.Models.Outputs;

/// <summary>What an output layer is made from besides its options.</summary>
/// <param name="Hidden">Features of what it reads.</param>
/// <param name="Vocabulary">Different tokens.</param>
/// <param name="IsTied">True where the embedding's matrix is its own too.</param>
/// <param name="Engine">What computes it on the CPU.</param>
public readonly record struct OutputArguments(long Hidden, long Vocabulary, bool IsTied, ComputeEngine Engine = ComputeEngine.Auto);

/// <summary>From the last hidden layer to the tokens: how likely each is to come next. Parameters are zero until they are initialised or loaded.</summary>
public abstract class OutputLayer(string name) : nn.Module(name)
{
    /// <summary>Multiplications with addition in its matrix products, for one token in training; where tokens differ, a mean that says so.</summary>
    public abstract long MultiplyAddsPerToken { get; }

    /// <summary>Numbers whose softmax is the distribution of the next token.</summary>
    /// <param name="hidden">[rows, hidden].</param>
    /// <param name="tied">The embedding's matrix where this layer has none, [vocabulary, hidden].</param>
    /// <returns>[rows, vocabulary].</returns>
    public abstract Tensor Forward(Tensor hidden, Tensor tied);

    /// <summary>The loss of predicting tokens, without keeping logits. Its backward pass runs once.</summary>
    /// <param name="hidden">[rows, hidden].</param>
    /// <param name="tied">The embedding's matrix where this layer has none, [vocabulary, hidden].</param>
    /// <param name="targets">[rows] of Int64: a token, or -100 where none is to be predicted.</param>
    /// <param name="factor">What the objective, the mean loss, is multiplied by.</param>
    /// <param name="lossScale">What it is multiplied by besides, before its gradients are in a short type: a scalar of Float32; null for 1.</param>
    /// <param name="smoothing">Label smoothing: the share of each target that the objective spreads evenly over all tokens. The loss told is without.</param>
    /// <exception cref="ArgumentOutOfRangeException">Smoothing is asked of a layer whose options say why it cannot.</exception>
    public abstract TokenLoss Loss(Tensor hidden, Tensor tied, Tensor targets, double factor, Tensor? lossScale = null, double smoothing = 0);

    public abstract IReadOnlyList<NamedParameter> NamedParameters();
}
