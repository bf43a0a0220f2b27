using System.Globalization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RnnTrain.Tests.NN;

public sealed class LossTests
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, double[]>> Cases = Golden.Load("losses.json");

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Fact]
    public void There_are_as_many_cases_as_were_written() => Assert.Equal(56, Cases.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loss_and_its_gradient_are_those_of_PyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var words = name.Split(' ');
        var reduction = words.Contains("none") ? Reduction.None : words.Contains("sum") ? Reduction.Sum : Reduction.Mean;
        long[] shape = words[0] switch
        {
            "ctc" => words[1] switch { "zero_infinity" => [3, 1, 4], "blank" => [4, 1, 4], _ => [7, 2, 4] },
            "cross_entropy" => words[1] == "time" ? [2, 5, 3] : [4, 5],
            "nll_loss" => [4, 5],
            _ => [3, 4],
        };
        var x = Golden.Leaf(shape, 1);
        var loss = words[0] switch
        {
            "cross_entropy" => CrossEntropy(x, words, reduction),
            "ctc" => Ctc(functional.log_softmax(x, 2), words, reduction),
            _ => Elementwise(x, words, reduction),
        };
        Golden.Weighted(loss, 71).backward();
        Golden.Close(Cases[name]["loss"], loss);
        Golden.Close(Cases[name]["grad"], x.grad!);
    }

    private static Tensor CrossEntropy(Tensor x, string[] words, Reduction reduction)
    {
        var classes = tensor([1L, 0, 4, 2]); // [batch]
        switch (words[1])
        {
            case "ignore_index": return CrossEntropyLoss(ignore_index: 4).call(x, classes);
            case "distributions": return functional.cross_entropy(x, functional.softmax(Golden.Fill([4, 5], 3), 1));
            case "time": return functional.cross_entropy(x, tensor([1L, 0, 4, 2, 3, 3]).reshape(2, 3));
        }
        var smoothing = double.Parse(words[^1], CultureInfo.InvariantCulture);
        if (words[1] != "weight") return functional.cross_entropy(x, classes, reduction: reduction, label_smoothing: smoothing);
        var weight = Golden.Fill([5], 9) + 1.5; // [classes]
        return new TorchSharp.Modules.CrossEntropyLoss(weight, reduction: reduction, label_smoothing: smoothing)
            .call(x, tensor([1L, -100, 4, 2]));
    }

    private static Tensor Ctc(Tensor logProbabilities, string[] words, Reduction reduction) => words[1] switch
    {
        "zero_infinity" => CTCLoss(zero_infinity: true)
            .call(logProbabilities, tensor([1L, 1, 1]).reshape(1, 3), tensor([3L]), tensor([3L])),
        "blank" => functional.ctc_loss(logProbabilities, tensor([1L, 0]).reshape(1, 2), tensor([4L]), tensor([2L]), blank: 3),
        "row" => functional.ctc_loss(
            logProbabilities, tensor([1L, 2, 2, 3, 1]), tensor([7L, 5]), tensor([3L, 2]), reduction: reduction),
        _ => CTCLoss(reduction: reduction)
            .call(logProbabilities, tensor([1L, 2, 2, 3, 1, 0]).reshape(2, 3), tensor([7L, 5]), tensor([3L, 2])),
    };

    private static Tensor Elementwise(Tensor x, string[] words, Reduction reduction)
    {
        var y = Golden.Fill([3, 4], 2);
        var targets = (y + 1) / 2;
        var distribution = functional.softmax(y, 1);
        return words[0] switch
        {
            "nll_loss" => NLLLoss(Golden.Fill([5], 9) + 1.5, reduction).call(functional.log_softmax(x, 1), tensor([1L, 0, 4, 2])),
            "mse_loss" => MSELoss(reduction).call(x, y),
            "l1_loss" => L1Loss(reduction).call(x, y),
            "smooth_l1_loss" => SmoothL1Loss(reduction, 0.5).call(x, y),
            "huber_loss" => HuberLoss(0.5, reduction).call(x, y),
            "bce_with_logits" when words[1] == "weights" =>
                BCEWithLogitsLoss(Golden.Fill([3, 4], 4) + 1.5, reduction, Golden.Fill([4], 5) + 1.5).call(x, targets),
            "bce_with_logits" => BCEWithLogitsLoss(reduction: reduction).call(x, targets),
            "bce" => BCELoss(reduction: reduction).call(functional.sigmoid(x), targets),
            "kl_div" when words[1] == "log_target" => KLDivLoss(true, reduction).call(functional.log_softmax(x, 1), distribution.log()),
            "kl_div" => KLDivLoss(false, reduction).call(functional.log_softmax(x, 1), distribution),
            "poisson" => PoissonNLLLoss(full: true, reduction: reduction).call(x, y + 2),
            _ => throw new ArgumentException($"no loss {words[0]}"),
        };
    }
}
