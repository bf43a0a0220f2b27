using RnnTrain.Configuration;

namespace RnnTrain.Cells;

/// <summary>The non-linearity of the hidden units of a network without gates.</summary>
public enum Activation
{
    [Describe("Hyperbolic tangent, as in most of the literature.")]
    Tanh,

    [Describe("Rectified linear, as in Le, Jaitly and Hinton (2015); without clipping it explodes easily.")]
    Relu,

    [Describe("Logistic, as in the first publications; gradients vanish fastest with it.")]
    Sigmoid,
}
