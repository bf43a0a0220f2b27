namespace RnnTrain.Engines;

/// <summary>A network that computes a cell's whole sequence in one call. The numbers are those of native/recurrent_kernels.h.</summary>
public enum FusedKernel
{
    /// <summary>`nn.LSTM`.</summary>
    Lstm = 0,

    /// <summary>`nn.GRU`.</summary>
    Gru = 1,

    /// <summary>`nn.RNN` with tanh.</summary>
    ElmanTanh = 2,

    /// <summary>`nn.RNN` with relu.</summary>
    ElmanRelu = 3,
}
