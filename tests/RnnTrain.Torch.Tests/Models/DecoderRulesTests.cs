using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Models;
using RnnTrain.Models.Attentions;
using RnnTrain.Models.Pooling;

namespace RnnTrain.Tests.Models;

public sealed class DecoderRulesTests
{
    private static readonly ModelOptions Plain = EncoderDecoders.Options("general");

    public static TheoryData<string, string, string> Refused => new()
    {
        { "dot", "model.decoder.attention", "10 hidden units of the decoder with 12 features" },
        { "additive and mlstm", "model.decoder.attention", "mlstm does not remember what it put out" },
        { "fed without attention", "model.decoder.input_feeding", "no attention" },
        { "maxout of nothing", "model.decoder.readout", "readout_size" },
        { "tied", "model.tie_weights", "4 features and its output layer reads 10" },
        { "pooled and copied", "model.pooling", "bridge: linear" },
        { "shared", "model.decoder.embedding_size", "4, but the shared embedding has the 5 features" },
        { "copied from another cell", "model.decoder.bridge", "the same cell" },
        { "copied from fewer layers", "model.decoder.bridge", "the encoder has 1 and the decoder 2" },
        { "copied from another size", "model.decoder.bridge", "hidden_size of the decoder 12" },
        { "a wide projection", "model.decoder.cell.projection", "projects nothing" },
        { "a cell that counts", "model.decoder.cell.type", "counts text" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_is_refused_with_the_key_and_what_to_do(string what, string path, string says)
    {
        var mistake = Assert.Single(DecoderRules.Mistakes(Of(what)));
        Assert.Equal(path, mistake.Path);
        Assert.Contains(says, mistake.What, StringComparison.Ordinal);
        Assert.Throws<UserMistakeException>(() => new EncoderDecoder(Of(what), EncoderDecoders.Shape, seed: 1));
    }

    [Fact]
    public void What_can_be_is_not_refused()
    {
        foreach (var (attention, feeds) in EncoderDecoders.Arrangements.Select(row => row.Data)) Assert.Empty(DecoderRules.Mistakes(EncoderDecoders.Options(attention, feeds)));
    }

    private static ModelOptions Of(string what)
    {
        var decoder = Plain.Decoder! with { HiddenSize = 10 };
        return what switch
        {
            "dot" => Plain with { Decoder = decoder with { Attention = new DotAttentionOptions() } },
            "additive and mlstm" => Plain with { Decoder = decoder with { Attention = new AdditiveAttentionOptions(), Cell = new MlstmOptions() } },
            "fed without attention" => Plain with { Decoder = decoder with { Attention = null, InputFeeding = true } },
            "maxout of nothing" => Plain with { Decoder = decoder with { Attention = null, ReadoutSize = null, Readout = ReadoutFunction.Maxout } },
            "tied" => Plain with { TieWeights = true, Decoder = decoder },
            "pooled and copied" => Plain with { Pooling = new MeanPoolingOptions(), Decoder = decoder with { Bridge = BridgeKind.Zero } },
            "shared" => Plain with { Decoder = decoder with { SharedEmbedding = true } },
            "copied from another cell" => Plain with { Decoder = decoder with { Bridge = BridgeKind.Copy, Cell = new GruOptions() } },
            "copied from fewer layers" => Plain with { Decoder = decoder with { Bridge = BridgeKind.Copy, Layers = 2 } },
            "copied from another size" => Plain with { Decoder = decoder with { Bridge = BridgeKind.Copy } },
            "a wide projection" => Plain with { Decoder = decoder with { Cell = new LstmOptions { Projection = 10 } } },
            _ => Plain with { Decoder = decoder with { Cell = new RnnTrain.NGrams.MarkovOptions() } },
        };
    }
}
