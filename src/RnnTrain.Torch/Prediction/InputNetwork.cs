using RnnTrain.Data.Batching;
using RnnTrain.Data.Examples;
using RnnTrain.Models;
using RnnTrain.Tasks;
using RnnTrain.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnTrain.Prediction;

/// <summary>A trained network that tells classes, with what turns texts into its batches.</summary>
internal sealed class InputNetwork : IDisposable
{
    private readonly TextExampleEncoder encoder;
    private readonly Device device;

    public InputNetwork(PredictorArguments arguments)
    {
        encoder = new TextExampleEncoder(arguments.Config.Data, arguments.Lexicon);
        device = arguments.Device;
        Model = new SequenceNetwork(arguments.Config.Model, encoder.Shape, seed: null, arguments.Config.Engine);
        FieldConstraints.Apply(Model, arguments.Config, arguments.Lexicon);
        Model.to(device);
        arguments.Restore(Model);
    }

    public SequenceNetwork Model { get; }

    /// <summary>The answers to one batch of texts; <see cref="Answer.Nothing"/> where there is nothing to read.</summary>
    /// <param name="inputs">The texts.</param>
    /// <param name="answer">
    /// Answers those in which there is something, having got what the output layer reads ([rows, hidden] of <see cref="SequenceNetwork.Read"/>) and where each ends.
    /// </param>
    public IReadOnlyList<Answer> Answers(IReadOnlyList<TextExample> inputs, Func<IReadOnlyList<TextExample>, Tensor, Lengths, IReadOnlyList<Answer>> answer)
    {
        var examples = inputs.Select(Encode).ToList();
        var answers = new Answer[inputs.Count];
        Array.Fill(answers, Answer.Nothing);
        int[] places = [.. Enumerable.Range(0, inputs.Count).Where(place => examples[place] is not null)];
        if (places.Length == 0) return answers;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var batch = Batch([.. places.Select(place => examples[place]!)]);
        var lengths = new Lengths(batch.Lengths, batch.Steps, device);
        var hidden = Model.Read(device.To(tensor(batch.Tokens, [batch.Steps, batch.BatchSize])), lengths, batch.Words); // [time, batch] → [rows, hidden]
        var told = answer([.. places.Select(place => inputs[place])], hidden, lengths);
        for (var row = 0; row < places.Length; row++) answers[places[row]] = told[row];
        return answers;
    }

    public void Dispose() => Model.Dispose();

    private Example? Encode(TextExample text) => encoder.EncodeInput(text) is { } input
        ? new Example { Length = input.Length, Tokens = input.Tokens, Characters = input.Characters, Classes = new int[input.Length] } // classes that nobody looks at
        : null;

    private ExampleBatch Batch(IReadOnlyList<Example> examples) =>
        new ExampleBatches(new EncodedExamples(examples, encoder.Read.Unit), encoder.Shape, new BatchRule { BatchSize = examples.Count }).Batch(0, 0);
}
