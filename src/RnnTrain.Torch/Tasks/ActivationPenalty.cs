using RnnTrain.Configuration;
using RnnTrain.Models;
using static TorchSharp.torch;

namespace RnnTrain.Tasks;

/// <summary>
/// Activation regularisation and temporal activation regularisation: Merity, McCann and Socher, "Revisiting activation regularization for
/// language RNNs" (2017). Large outputs of the last recurrent layer cost, and large changes from step to step; squares are averaged over all
/// numbers, as in the authors' code.
/// <code>
/// α mean((m ⊙ h_t)²) + β mean((h_t − h_(t−1))²)        m the output's dropout
/// </code>
/// </summary>
public static class ActivationPenalty
{
    /// <summary>What is added to the mean loss.</summary>
    /// <param name="training">α and β.</param>
    /// <param name="output">What the encoder gave.</param>
    /// <returns>A scalar of Float32; null where nothing is asked for.</returns>
    public static Tensor? Of(TrainingOptions training, EncodedSequence output)
    {
        Tensor? sum = null;
        if (training.ActivationRegularization > 0) sum = MeanSquare(output.Output) * training.ActivationRegularization; // [time, batch, output] → []
        var steps = output.Undropped.size(0);
        if (training.TemporalActivationRegularization == 0 || steps == 1) return sum;
        var changes = output.Undropped.narrow(0, 1, steps - 1) - output.Undropped.narrow(0, 0, steps - 1); // [time − 1, batch, output]
        var temporal = MeanSquare(changes) * training.TemporalActivationRegularization; // []
        return sum is null ? temporal : sum + temporal;
    }

    private static Tensor MeanSquare(Tensor values) => (values.dtype == ScalarType.Float64 ? values : values.to(ScalarType.Float32)).square().mean(); // [any] → []
}
