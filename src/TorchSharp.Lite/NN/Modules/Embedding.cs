using System.Diagnostics.CodeAnalysis;
using TorchSharp.Interop;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>One trained vector for each symbol.</summary>
public sealed class Embedding : Module<Tensor, Tensor>
{
    private static readonly Operator Lookup = new("embedding");
    private static readonly Operator Renormalize = new("embedding_renorm_");

    private readonly long _paddingIndex;
    private readonly double? _maximumNorm;
    private readonly double _normType;
    private readonly bool _scaleByFrequency;
    private readonly bool _sparse;
    [ComponentName(Name = nameof(weight))] private Parameter? _weight;

    /// <summary>Around a table that is there already, [symbols, features].</summary>
    internal Embedding(
        Parameter weight, long? paddingIndex, double? maximumNorm, double normType, bool scaleByFrequency, bool sparse)
        : base(nameof(Embedding))
    {
        var symbols = weight.shape[0];
        if (paddingIndex is { } index && (index >= symbols || index < -symbols))
            throw new ArgumentException($"padding_idx {index} is outside an embedding of {symbols} symbols.", nameof(paddingIndex));
        // libtorch takes -1 for "none": a negative index, which counts from the end, is turned round first.
        _paddingIndex = paddingIndex is { } given ? (given < 0 ? symbols + given : given) : -1;
        _maximumNorm = maximumNorm;
        _normType = normType;
        _scaleByFrequency = scaleByFrequency;
        _sparse = sparse;
        this.weight = weight;
    }

    /// <summary>The table, [symbols, features].</summary>
    [DisallowNull]
    public Parameter? weight
    {
        get => _weight;
        set => Own(ref _weight, nameof(weight), value);
    }

    /// <summary>Fills the table from N(0, 1) and the row of padding with zeros.</summary>
    internal void Fill()
    {
        init.normal_(_weight!);
        if (_paddingIndex < 0) return;
        using var frozen = no_grad();
        using var row = _weight!.select(0, _paddingIndex); // [features]
        row.zero_();
    }

    /// <summary>[…] of symbols → […, features].</summary>
    public override Tensor forward(Tensor input)
    {
        if (_maximumNorm is { } limit)
        {
            using var frozen = no_grad();
            Renormalize.Run(_weight!, input, limit, _normType);
        }
        return Lookup.Call(_weight!, input, _paddingIndex, _scaleByFrequency, _sparse);
    }
}
