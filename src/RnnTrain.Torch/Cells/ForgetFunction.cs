using RnnTrain.Configuration;

namespace RnnTrain.Cells;

/// <summary>How the forget gate of an xLSTM follows from its sum.</summary>
public enum ForgetFunction
{
    [Describe("Logistic: between 0 and 1.")]
    Sigmoid,

    [Describe("Exponential, as the input gate: above 0.")]
    Exponential,
}
