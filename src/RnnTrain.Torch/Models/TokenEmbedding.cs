using RnnTrain.Cells;
using RnnTrain.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// One row of features a token. On the CPU the gradient is written, and remembered, by rows; where the matrix is the output layer's too,
/// it is written by rows into the dense gradient of that layer.
/// </summary>
public sealed class TokenEmbedding : nn.Module
{
    private readonly Embedding table;
    private readonly RowGradient? rows; // null where tied
    private readonly bool isFrozen;

    /// <param name="vocabulary">Different tokens.</param>
    /// <param name="features">Numbers of each.</param>
    /// <param name="isTied">True where the matrix is the output layer's too.</param>
    /// <param name="isFrozen">True where it is not trained.</param>
    public TokenEmbedding(long vocabulary, long features, bool isTied, bool isFrozen = false)
        : base(nameof(TokenEmbedding))
    {
        this.isFrozen = isFrozen;
        table = nn.Embedding(vocabulary, features);
        foreach (var parameter in table.parameters()) parameter.DetachFromDisposeScope();
        rows = isTied ? null : new RowGradient();
        RegisterComponents();
    }

    /// <summary>The matrix, [vocabulary, features]; after the module moved to another device, ask again.</summary>
    public Parameter Matrix => table.get_parameter("weight")!;

    /// <param name="tokens">[time, batch] of type Int64, each from 0 to vocabulary − 1.</param>
    /// <returns>[time, batch, features].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary; found on the CPU alone.</exception>
    public Tensor Forward(Tensor tokens)
    {
        if (isFrozen) return Rows(tokens);
        var matrix = Matrix; // [vocabulary, features]
        return MatrixRows.CanLookUp(matrix, tokens)
            ? MatrixRows.Of(matrix, tokens, rows) // [time, batch] → [time, batch, features]
            : table.call(tokens); // [time, batch] → [time, batch, features]; on a GPU its gradient is the same each time
    }

    /// <summary>Gives some tokens their first vectors.</summary>
    /// <param name="vectors">Of each of these tokens, [features].</param>
    public void Begin(IReadOnlyDictionary<int, float[]> vectors)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var matrix = Matrix; // [vocabulary, features]
        var tokens = tensor(vectors.Keys.Select(token => (long)token).ToArray(), device: matrix.device); // [tokens]
        var values = tensor(vectors.Values.SelectMany(vector => vector).ToArray(), [vectors.Count, matrix.size(1)], device: matrix.device); // [tokens, features]
        matrix.index_copy_(0, tokens, values); // [vocabulary, features]
    }

    private Tensor Rows(Tensor tokens)
    {
        using var frozen = no_grad(); // so there is no graph, and the matrix gets no gradient
        return table.call(tokens); // [time, batch] → [time, batch, features]
    }

    /// <summary>The matrix under its name in the model, with the rows of its gradient.</summary>
    public NamedParameter NamedParameter() =>
        new("embedding.weight", Matrix, rows is null ? ParameterRole.OutputWeight : ParameterRole.Embedding) { Rows = rows, IsFrozen = isFrozen };

    protected override void Dispose(bool disposing)
    {
        if (disposing) rows?.Dispose();
        base.Dispose(disposing);
    }
}
