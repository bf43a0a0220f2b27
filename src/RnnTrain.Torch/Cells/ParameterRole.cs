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

    /// <summary>Added to the gates with the input: [gates · hidden].</summary>
    InputBias,

    /// <summary>Added to the gates with the hidden state: [gates · hidden].</summary>
    RecurrentBias,

    /// <summary>From the last layer to the vocabulary: [vocabulary, hidden]. A tied embedding has this role.</summary>
    OutputWeight,

    /// <summary>Added to the logits: [vocabulary].</summary>
    OutputBias,
}
