using static TorchSharp.torch;

namespace RnnTrain.Models.Outputs;

/// <summary>What an output layer says of the tokens that were to be predicted.</summary>
/// <param name="Objective">The mean loss of the tokens times the factor asked for, a scalar with gradient. NaN where no token was scored.</param>
/// <param name="Sum">The sum of their losses, −ln p(token) in nats, a scalar of Float64 without gradient.</param>
/// <param name="Correct">
/// Tokens to which the model gave the highest probability, a scalar of Int64; null where a gradient is wanted and the count would cost more
/// than the loss.
/// </param>
/// <param name="Count">Tokens that were scored, a scalar of Int64.</param>
public readonly record struct TokenLoss(Tensor Objective, Tensor Sum, Tensor? Correct, Tensor Count)
{
    /// <summary>The mean loss of the tokens in nats, a scalar of Float32 without gradient.</summary>
    public Tensor Mean() => (Sum / Count).to(ScalarType.Float32); // []
}
