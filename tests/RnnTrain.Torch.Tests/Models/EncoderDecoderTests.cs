using RnnTrain.Configuration;
using RnnTrain.Models;
using RnnTrain.Models.Attentions;
using RnnTrain.Models.Outputs;
using TorchSharp;
using static RnnTrain.Tests.Models.EncoderDecoders;
using static TorchSharp.torch;

namespace RnnTrain.Tests.Models;

public sealed class EncoderDecoderTests
{
    public static TheoryData<string, bool> Arrangements => EncoderDecoders.Arrangements;

    [Fact]
    public void Every_attention_is_tested() => Assert.True(Arrangements.Count >= 9);

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void A_padded_batch_is_what_its_sequences_are_alone(string attention, bool feeds)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Exact(Options(attention, feeds));
        double[] alone = [.. Sources.Zip(Targets).SelectMany(pair => Taught(model, [pair.First], [pair.Second]))];
        AreClose(alone, Taught(model, Sources, Targets), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void Step_by_step_it_tells_what_it_told_when_it_was_taught(string attention, bool feeds)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Exact(Options(attention, feeds));
        AreClose(Taught(model, Sources, Targets), Decoded(model), 1e-12);
    }

    [Theory]
    [InlineData("additive", "gru", BridgeKind.Linear)]
    [InlineData("dot", "gru", BridgeKind.Zero)]
    [InlineData("dot", "gru", BridgeKind.Copy)]
    [InlineData("none", "lstm", BridgeKind.Copy)]
    [InlineData("general", "min_gru", BridgeKind.Linear)]
    [InlineData("general", "mlstm", BridgeKind.Linear)]
    public void The_same_holds_for_other_cells_and_bridges_and_deep_layers(string attention, string cell, BridgeKind bridge)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var options = Options(attention, cell: cell);
        using var model = Exact(options with { Layers = 2, Decoder = options.Decoder! with { Bridge = bridge, HiddenSize = 12 } });
        double[] alone = [.. Sources.Zip(Targets).SelectMany(pair => Taught(model, [pair.First], [pair.Second]))];
        var taught = Taught(model, Sources, Targets);
        AreClose(alone, taught, 1e-11);
        AreClose(taught, Decoded(model), 1e-11);
    }

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void Every_parameter_gets_a_gradient(string attention, bool feeds)
    {
        using var scope = NewDisposeScope();
        using var model = new EncoderDecoder(Options(attention, feeds), Shape, seed: 1);
        var (source, lengths, batch) = Batch(Sources, Targets);
        model.Loss(model.Read(source, lengths, batch), batch.Targets).Objective.backward();
        Assert.All(model.NamedParameters(), named => Assert.True(named.Parameter.grad!.abs().sum().ToDouble() > 0, named.Name));
    }

    /// <summary>The derivative of the loss along the gradient is its squared norm: no part of the graph is cut off.</summary>
    [Theory]
    [MemberData(nameof(Arrangements))]
    public void The_gradient_is_that_of_the_loss(string attention, bool feeds)
    {
        using var scope = NewDisposeScope();
        using var model = Exact(Options(attention, feeds));
        var (source, lengths, batch) = Batch(Sources, Targets);
        var parameters = model.NamedParameters();
        foreach (var named in parameters) named.Parameter.requires_grad = true;
        Loss().backward();
        Tensor[] gradients = [.. parameters.Select(named => named.Parameter.grad!.clone())];
        var expected = gradients.Sum(gradient => gradient.square().sum().ToDouble());
        const double distance = 1e-5;
        var (ahead, behind) = (LossAt(distance), LossAt(-distance));
        Assert.Equal(expected, (ahead - behind) / (2 * distance), expected * 1e-6);

        Tensor Loss() => model.Loss(model.Read(source, lengths, batch), batch.Targets).Objective; // []

        double LossAt(double by)
        {
            using var frozen = no_grad();
            foreach (var (named, gradient) in parameters.Zip(gradients)) named.Parameter.add_(gradient, by);
            var loss = Loss().ToDouble();
            foreach (var (named, gradient) in parameters.Zip(gradients)) named.Parameter.add_(gradient, -by);
            return loss;
        }
    }

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void One_batch_can_be_learned_by_heart(string attention, bool feeds)
    {
        using var scope = NewDisposeScope();
        var options = Options(attention, feeds);
        using var model = new EncoderDecoder(options with { HiddenSize = 16, EmbeddingSize = 16, Decoder = options.Decoder! with { ReadoutSize = null, EmbeddingSize = 16 } }, Shape, seed: 1);
        var (source, lengths, batch) = Batch(Sources, Targets);
        var parameters = model.NamedParameters();
        var optimizer = optim.Adam(parameters.Select(named => named.Parameter), 0.02);
        TokenLoss loss = default;
        for (var step = 0; step < 150; step++)
        {
            optimizer.zero_grad();
            loss = model.Loss(model.Read(source, lengths, batch), batch.Targets);
            loss.Objective.backward();
            optimizer.step();
        }

        Assert.True(loss.Correct!.item<long>() >= 0.99 * loss.Count.item<long>(), $"{loss.Correct} of {loss.Count}");
    }

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void It_computes_in_bf16_too(string attention, bool feeds)
    {
        using var scope = NewDisposeScope();
        using var model = new EncoderDecoder(Options(attention, feeds), Shape, seed: 1);
        var (source, lengths, batch) = Batch(Sources, Targets);
        var expected = model.Loss(model.Read(source, lengths, batch), batch.Targets).Mean().ToDouble();
        model.ComputeIn(ScalarType.BFloat16);
        var loss = model.Loss(model.Read(source, lengths, batch), batch.Targets);
        Assert.Equal(expected, loss.Mean().ToDouble(), 0.02);
        loss.Objective.backward();
        Assert.All(model.NamedParameters(), named => Assert.True(named.Parameter.grad!.to(ScalarType.Float32).isfinite().all().ToBoolean(), named.Name));
    }

    [Fact]
    public void Attention_sums_to_one_over_the_source_and_is_zero_in_its_padding()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var entry in AttentionTable.Attentions.Entries)
        {
            using var model = Exact(Options(entry.Name));
            var (source, lengths, _) = Batch(Sources, Targets);
            var (_, _, attention) = model.Step(tensor(Enumerable.Repeat((long)model.Symbols.Begin, Sources.Length).ToArray()), model.Encode(source, lengths));
            for (var row = 0; row < Sources.Length; row++)
            {
                var weights = Numbers.Of(attention![row]);
                Assert.Equal(1, weights.Sum(), 1e-12);
                Assert.All(weights[Sources[row].Length..], weight => Assert.Equal(0, weight));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void Rows_that_are_repeated_reordered_and_chosen_go_on_as_they_would_have(string attention, bool feeds)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Exact(Options(attention, feeds));
        var (source, lengths, _) = Batch(Sources, Targets);
        var first = model.Step(tensor(Enumerable.Repeat((long)model.Symbols.Begin, Sources.Length).ToArray()), model.Encode(source, lengths));
        long[][] second = [[0, 1], [2, 3], [4, 5], [0, 5]]; // what the two rows of each source write next
        var both = model.Step(tensor(second.SelectMany(pair => pair).ToArray()), first.Next.Repeat(2)); // [8, symbols]
        var swapped = both.Next.Reorder(tensor([1L, 0, 2, 2, 5, 4, 7, 7])).SelectSources(tensor([3L, 1]));
        Assert.Equal(4, swapped.Rows);
        var third = model.Step(tensor([1L, 2, 3, 4]), swapped).LogProbabilities; // rows: 7, 7 of source 3; 2, 2 of source 1
        (int Source, long Second, long Third)[] expected = [(3, 5, 1), (3, 5, 2), (1, 2, 3), (1, 2, 4)];
        for (var row = 0; row < expected.Length; row++)
        {
            var (alone, lengthsAlone, _) = Batch([Sources[expected[row].Source]], [[0]]);
            var state = model.Encode(alone, lengthsAlone);
            foreach (var symbol in new[] { model.Symbols.Begin, expected[row].Second }) state = model.Step(tensor([symbol]), state).Next;
            Numbers.AreClose(model.Step(tensor([expected[row].Third]), state).LogProbabilities[0], third[row], 1e-12, $"row {row}");
        }
    }

    [Fact]
    public void A_shared_and_tied_embedding_is_one_parameter_and_learns_from_all_three_uses()
    {
        using var scope = NewDisposeScope();
        var options = Options("general");
        var shape = Shape with { Vocabulary = Written };
        using var model = new EncoderDecoder(
            options with { EmbeddingSize = 10, TieWeights = true, Decoder = options.Decoder! with { SharedEmbedding = true, EmbeddingSize = null } }, shape, seed: 1);
        Assert.Equal(["embedding.weight", "output.bias"], model.NamedParameters().Select(named => named.Name).Where(name => name.Contains("embedding") || name.Contains("output")));
        var (source, lengths, batch) = Batch([[0, 1]], [[2, 3]]);
        model.Loss(model.Read(source, lengths, batch), batch.Targets).Objective.backward();
        var gradient = model.NamedParameters()[0].Parameter.grad!; // [symbols, features]
        Assert.All(Enumerable.Range(0, (int)gradient.size(0)), row => Assert.True(gradient[row].abs().sum().ToDouble() > 0, $"row {row}"));
    }

    [Fact]
    public void Parameters_have_the_names_that_are_documented()
    {
        using var model = new EncoderDecoder(Options("additive", feeds: true), Shape, seed: 1);
        string[] recurrent = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"];
        Assert.Equal(
            [
                "encoder.embedding.weight", "decoder.embedding.weight",
                .. recurrent.Select(name => $"encoder.recurrent.{name}"), .. recurrent.Select(name => $"encoder.recurrent.{name}_reverse"),
                "bridge.weight", "bridge.bias",
                .. recurrent.Select(name => $"decoder.recurrent.{name}"),
                "decoder.attention.query.weight", "decoder.attention.key.weight", "decoder.attention.key.bias", "decoder.attention.score.weight",
                "decoder.readout.weight", "decoder.readout.bias", "output.weight", "output.bias",
            ],
            model.NamedParameters().Select(named => named.Name));
    }

    [Fact]
    public void Scheduled_sampling_reads_what_the_model_would_write()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Exact(Options("dot") with { Decoder = Options("dot").Decoder! with { HiddenSize = 12 } });
        var (source, lengths, batch) = Batch(Sources, Targets);
        var right = model.Read(source, lengths, batch); // [rows, output]
        manual_seed(3);
        var never = model.Read(source, lengths, batch, ownShare: 1e-12);
        Numbers.AreClose(right, never, 1e-12, "nothing of its own");
        var own = model.Read(source, lengths, batch, ownShare: 1);
        Numbers.AreClose(right.narrow(0, 0, Sources.Length), own.narrow(0, 0, Sources.Length), 1e-12, "the step that reads Begin");
        Assert.True((right - own).abs().max().ToDouble() > 1e-3);
        manual_seed(3);
        _ = model.Read(source, lengths, batch, ownShare: 1e-12);
        Numbers.AreEqual(own, model.Read(source, lengths, batch, ownShare: 1), "the same seed");
    }

    /// <summary>As <see cref="Taught"/>, but asked for symbol after symbol.</summary>
    private static double[] Decoded(EncoderDecoder model)
    {
        var (source, lengths, _) = Batch(Sources, Targets);
        var state = model.Encode(source, lengths);
        var told = Targets.Select(_ => new List<double>()).ToArray();
        for (var time = 0; time <= Targets.Max(target => target.Length); time++)
        {
            var symbols = Targets.Select(target => time == 0 ? model.Symbols.Begin : time <= target.Length ? target[time - 1] : 0L).ToArray();
            var (logProbabilities, next, _) = model.Step(tensor(symbols), state); // [rows, symbols]
            for (var row = 0; row < Targets.Length; row++)
            {
                if (time > Targets[row].Length) continue;
                var wanted = time == Targets[row].Length ? model.Symbols.End : Targets[row][time];
                told[row].Add(logProbabilities[row, wanted].ToDouble());
            }

            state = next;
        }

        return [.. told.SelectMany(values => values)];
    }

    private static void AreClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }
}
