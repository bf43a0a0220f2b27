using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Models;
using RnnTrain.Models.Initializations;
using RnnTrain.Tensors;
using RnnTrain.Tests.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models;

public sealed class FileInitializationTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        temporary.Dispose();
    }

    [Fact]
    public void A_state_of_PyTorchs_LSTM_becomes_the_recurrent_layers()
    {
        var lstm = nn.LSTM(3, 4, numLayers: 2);
        var model = Model(lstm.state_dict().Select(pair => (pair.Key, pair.Value)));
        foreach (var (name, expected) in lstm.state_dict())
        {
            Assert.Equal(expected.data<float>().ToArray(), Weights(model, $"recurrent.{name}"));
        }
        var fresh = new LanguageModel(Options(null), vocabulary: 5, seed: 1);
        Assert.Equal(Weights(fresh, "output.weight"), Weights(model, "output.weight"));
    }

    [Fact]
    public void A_whole_model_comes_back()
    {
        var first = new LanguageModel(Options(null), vocabulary: 5, seed: 9);
        var second = Model(first.NamedParameters().Select(named => (named.Name, (Tensor)named.Parameter)));
        foreach (var named in first.NamedParameters()) Assert.Equal(named.Parameter.data<float>().ToArray(), Weights(second, named.Name));
    }

    [Fact]
    public void A_name_that_the_model_lacks_is_refused()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Model([("weight_ih_l7", zeros(16, 3))]));
        Assert.Contains("weight_ih_l7", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_shape_is_refused()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Model([("weight_ih_l0", zeros(16, 9))]));
        Assert.Contains("[16, 9]", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("[16, 3]", mistake.Message, StringComparison.Ordinal);
    }

    private LanguageModel Model(IEnumerable<(string Name, Tensor Tensor)> weights)
    {
        SafetensorsFile.Save(temporary["first.safetensors"], [.. weights]);
        return new LanguageModel(Options(new FileInitializationOptions { Path = temporary["first.safetensors"] }), vocabulary: 5, seed: 1);
    }

    private static ModelOptions Options(InitializationOptions? initialization) => new()
    {
        EmbeddingSize = 3,
        HiddenSize = 4,
        Layers = 2,
        Cell = new LstmOptions(),
        Initialization = initialization,
    };

    private static float[] Weights(LanguageModel model, string name) =>
        model.NamedParameters().Single(named => named.Name == name).Parameter.data<float>().ToArray();
}
