using RnnTrain.Configuration;
using RnnTrain.Engines;
using RnnTrain.NGrams;

namespace RnnTrain.Cells;

/// <summary>Every recurrent cell.</summary>
public static class CellTable
{
    public static Registry<CellOptions, CellSizes, RecurrentCell> Cells { get; } = new("cells")
    {
        { "elman", (ElmanOptions o, CellSizes s) => new ElmanCell(o, s) },
        { "lstm", (LstmOptions _, CellSizes s) => new LstmCell(s) },
        { "gru", (GruOptions _, CellSizes s) => new GruCell(s) },
        { "markov", typeof(MarkovOptions) }, // no cell: the task makes an NGramModel in place of a network
    };

    /// <summary>The fused network that is the same function as the cell of these options, or why there is none.</summary>
    public static FusedTwin FusedTwinOf(CellOptions options) => options switch
    {
        LstmOptions => new(FusedKernel.Lstm, "nn.LSTM is the same function"),
        GruOptions => new(FusedKernel.Gru, "nn.GRU is the same function"),
        ElmanOptions { Activation: ElmanActivation.Tanh } => new(FusedKernel.ElmanTanh, "nn.RNN is the same function"),
        ElmanOptions { Activation: ElmanActivation.Relu } => new(FusedKernel.ElmanRelu, "nn.RNN is the same function"),
        _ => new(null, "libtorch has no kernel for this cell"),
    };
}
