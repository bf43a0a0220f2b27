using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RnnTrain.Tests.NN;

public sealed class FunctionTests
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, double[]>> Cases = Golden.Load("functions.json");

    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> Functions = new()
    {
        ["normalize"] = (x, _) => F.normalize(x),
        ["normalize p 1"] = (x, _) => F.normalize(x, 1, 0),
        ["cosine_similarity"] = (x, y) => F.cosine_similarity(x, y),
        ["pairwise_distance"] = (x, y) => F.pairwise_distance(x, y),
        ["glu"] = (x, _) => F.glu(x, 1),
        ["logsigmoid"] = (x, _) => F.logsigmoid(x),
        ["pad"] = (x, _) => F.pad(x, (1, 2), value: 0.5),
        ["pad two"] = (x, _) => F.pad(x, (1, 0, 0, 2)),
        ["pad reflect"] = (x, _) => F.pad(x, new long[] { 1, 2 }, PaddingModes.Reflect),
        ["one_hot"] = (_, _) => F.one_hot(tensor([1L, 0, 2]), 4),
        ["group_norm"] = (_, _) => F.group_norm(Golden.Fill([2, 4, 3], 51), 2, Golden.Fill([4], 1), Golden.Fill([4], 2)),
        ["bilinear"] = (x, y) => F.bilinear(x, y, Golden.Fill([2, 4, 4], 1), Golden.Fill([2], 2)),
        ["cosine_embedding_loss"] = (x, y) => F.cosine_embedding_loss(x, y, tensor([1L, -1, 1]), 0.1),
        ["margin_ranking_loss"] = (x, y) => F.margin_ranking_loss(x, y, Golden.Fill([3, 4], 3).sign(), 0.1),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Fact]
    public void Every_case_is_visited() => Assert.Equal(Cases.Keys.Order(), Functions.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_is_that_of_PyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var value = Functions[name](Golden.Fill([3, 4], 51), Golden.Fill([3, 4], 52));
        Golden.Close(Cases[name]["output"], value);
    }
}
