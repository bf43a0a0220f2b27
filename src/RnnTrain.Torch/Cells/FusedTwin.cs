namespace RnnTrain.Cells;

/// <summary>A network of libtorch that computes a cell's whole sequence in one call.</summary>
public enum FusedKernel
{
    /// <summary>`nn.LSTM`.</summary>
    Lstm,

    /// <summary>`nn.GRU`.</summary>
    Gru,

    /// <summary>`nn.RNN` with tanh.</summary>
    ElmanTanh,

    /// <summary>`nn.RNN` with relu.</summary>
    ElmanRelu,
}

/// <summary>The fused network that is the same function as a cell, or why there is none.</summary>
/// <param name="Kernel">Null where there is none.</param>
/// <param name="Reason">`nn.LSTM is the same function`, `libtorch has no kernel for this cell`.</param>
public sealed record FusedTwin(FusedKernel? Kernel, string Reason);
