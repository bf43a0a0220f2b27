using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.Models.Pooling;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// From what an encoder ends with to what a decoder begins with: s_0 = tanh(W e + b), as in Bahdanau, Cho and Bengio (2015), e being what pooling
/// makes of the outputs of the encoder's last layer and s_0 all that the decoder remembers; or the encoder's state itself, as in Sutskever, Vinyals and Le,
/// "Sequence to sequence learning with neural networks" (2014); or neither.
/// </summary>
public sealed class Bridge : nn.Module
{
    private readonly BridgeKind kind;
    private readonly DecoderSizes sizes;
    private readonly SequencePooling? pooling;
    private readonly LinearLayer? layer;

    /// <param name="model">The model's block of the configuration.</param>
    /// <param name="sizes">Of it.</param>
    /// <param name="decoder">The decoder's layers.</param>
    /// <param name="engine">What may multiply on the CPU.</param>
    public Bridge(ModelOptions model, DecoderSizes sizes, RecurrentStack decoder, ComputeEngine engine)
        : base(nameof(Bridge))
    {
        kind = model.Decoder!.Bridge;
        this.sizes = sizes;
        if (kind == BridgeKind.Linear)
        {
            pooling = PoolingTable.Create(model.Pooling, SequenceNetwork.PoolingOf(model));
            using var scope = NewDisposeScope();
            var numbers = decoder.ZeroState(batch: 1).NamedTensors().Sum(part => part.Value.numel());
            layer = new LinearLayer(sizes.Features, numbers, hasBias: true, engine);
        }

        RegisterComponents();
    }

    /// <param name="encoded">What the encoder made of a batch.</param>
    /// <param name="lengths">Where each example ends.</param>
    /// <param name="initial">The state of the decoder without a bridge.</param>
    /// <returns>The state that the decoder begins with.</returns>
    public RecurrentState Forward(EncodedSequence encoded, Lengths lengths, RecurrentState initial) => kind switch
    {
        BridgeKind.Zero => initial,
        BridgeKind.Copy => Copied(encoded.Final, initial),
        _ => Computed(pooling!.Forward(encoded.Undropped, lengths), initial),
    };

    public IReadOnlyList<NamedParameter> NamedParameters() =>
    [
        .. (pooling?.NamedParameters() ?? []).Select(parameter => parameter with { Name = $"bridge.pooling.{parameter.Name}" }),
        .. layer?.NamedParameters("bridge") ?? [],
    ];

    private RecurrentState Computed(Tensor pooled, RecurrentState initial)
    {
        var all = layer!.Forward(pooled).tanh(); // [batch, features] → [batch, numbers]
        var first = 0L;
        return initial.Map((_, part) =>
        {
            var count = part.numel() / part.size(0);
            var piece = all.narrow(1, first, count).contiguous().view(part.shape); // [batch, count] → [batch, …]
            first += count;
            return piece;
        });
    }

    private RecurrentState Copied(RecurrentState read, RecurrentState initial)
    {
        if (sizes.Encoder.Directions == 1) return read;
        var parts = read.NamedTensors().ToDictionary(part => part.Name, part => part.Value);
        return initial.Map((name, _) =>
        {
            var (letter, layer) = (name[..name.LastIndexOf('.')], int.Parse(name[(name.LastIndexOf('.') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
            var (forward, backward) = (parts[RecurrentState.Name(letter, 2 * layer)], parts[RecurrentState.Name(letter, (2 * layer) + 1)]); // [batch, hidden] twice
            return sizes.Encoder.Combine == DirectionCombination.Sum ? forward + backward : cat([forward, backward], 1); // [batch, hidden], [batch, 2 · hidden]
        });
    }
}
