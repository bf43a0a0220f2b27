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
        { "jordan", (JordanOptions o, CellSizes s) => new JordanCell(o, s) },
        { "lstm", (LstmOptions o, CellSizes s) => new LstmCell(o, s) },
        { "gru", (GruOptions o, CellSizes s) => new GruCell(o, s) },
        { "ind_rnn", (IndRnnOptions o, CellSizes s) => new IndRnnCell(o, s) },
        { "multiplicative_lstm", (MultiplicativeLstmOptions _, CellSizes s) => new MultiplicativeLstmCell(s) },
        { "slstm", (SlstmOptions o, CellSizes s) => new SlstmCell(o, s) },
        { "mlstm", (MlstmOptions o, CellSizes s) => new MlstmCell(o, s) },
        { "min_gru", (MinGruOptions _, CellSizes s) => new MinGruCell(s) },
        { "min_lstm", (MinLstmOptions _, CellSizes s) => new MinLstmCell(s) },
        { "sru", (SruOptions _, CellSizes s) => new SruCell(s) },
        { "feed_forward", (FeedForwardOptions o, CellSizes s) => new WindowCell(o.TapsOf(s.Layer), 1, s) },
        { "time_delay", (TimeDelayOptions o, CellSizes s) => new WindowCell(o.KernelSize, o.DilationOf(s.Layer), s) },
        { "markov", typeof(MarkovOptions) }, // no cell: the task makes an NGramModel in place of a network
    };

    /// <summary>The fused network that is the same function as the cell of these options, or why there is none.</summary>
    public static FusedTwin FusedTwinOf(CellOptions options) => options switch
    {
        LstmOptions lstm => TwinOf(lstm),
        GruOptions { ResetAfter: true } => new(FusedKernel.Gru, "nn.GRU is the same function"),
        GruOptions => new(null, "reset_after: false: libtorch's GRU resets after the product"),
        ElmanOptions { Activation: Activation.Tanh } => new(FusedKernel.ElmanTanh, "nn.RNN is the same function"),
        ElmanOptions { Activation: Activation.Relu } => new(FusedKernel.ElmanRelu, "nn.RNN is the same function"),
        ElmanOptions => new(null, "activation: sigmoid: libtorch's RNN knows tanh and relu"),
        _ => new(null, "libtorch has no kernel for this cell"),
    };

    private static FusedTwin TwinOf(LstmOptions options)
    {
        List<string> reasons = [];
        if (options.Peepholes) reasons.Add("peepholes: libtorch has no kernel");
        if (options.LayerNormalization) reasons.Add("layer_normalization: libtorch has no kernel");
        if (options.CoupledGates) reasons.Add("coupled_gates: libtorch has no kernel");
        if (options.Projection is not null) reasons.Add("projection: TorchSharp's nn.LSTM has no proj_size");
        return reasons.Count == 0 ? new(FusedKernel.Lstm, "nn.LSTM is the same function") : new(null, string.Join(", ", reasons));
    }
}
