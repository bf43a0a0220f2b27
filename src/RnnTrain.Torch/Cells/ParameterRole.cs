namespace RnnTrain.Cells;

/// <summary>What a parameter is for; an initialisation decides by it.</summary>
public enum ParameterRole
{
    /// <summary>One row of features a token: [vocabulary, features].</summary>
    Embedding,

    /// <summary>From a layer's input to its gates: [gates · hidden, features].</summary>
    InputWeight,

    /// <summary>From a layer's last hidden state to its gates: [gates · hidden, hidden].</summary>
    RecurrentWeight,

    /// <summary>A recurrent weight of which each hidden unit has one, for its own last value: [hidden].</summary>
    DiagonalWeight,

    /// <summary>From the memory of a hidden unit to its own gates: [gates · hidden].</summary>
    PeepholeWeight,

    /// <summary>From a layer's hidden units to what it puts out and feeds back: [output, hidden].</summary>
    ProjectionWeight,

    /// <summary>What normalised values are multiplied by; 1 at the start, whatever the initialisation: [features].</summary>
    Gain,

    /// <summary>Added to the gate of a highway connection; negative at the start, whatever the initialisation, so that layers are skipped: [features].</summary>
    TransformBias,

    /// <summary>A part of the state before the first step, where it is learned; zero at the start, whatever the initialisation: [hidden].</summary>
    InitialState,

    /// <summary>Added to the gates with the input: [gates · hidden].</summary>
    InputBias,

    /// <summary>Added to the gates with the hidden state: [gates · hidden].</summary>
    RecurrentBias,

    /// <summary>From the last layer to the vocabulary: [vocabulary, hidden]. A tied embedding has this role.</summary>
    OutputWeight,

    /// <summary>Added to the logits: [vocabulary].</summary>
    OutputBias,

    /// <summary>How well one class follows another, or stands first or last; zero at the start, whatever the initialisation: [classes, classes] or [classes].</summary>
    Transition,
}
