namespace RnnTrain.Tasks;

/// <summary>A part of a training step.</summary>
public enum Stage
{
    /// <summary>Waiting until the batch is made.</summary>
    Data,

    /// <summary>From the batch's arrays to the last hidden layer, copies to the device included.</summary>
    Forward,

    /// <summary>From the last hidden layer to the loss, the output layer included.</summary>
    Loss,

    /// <summary>The gradients of all parameters.</summary>
    Backward,

    /// <summary>The norm of the gradients, and reading loss and norm.</summary>
    Clip,

    /// <summary>The update of the parameters.</summary>
    Optimizer,
}
