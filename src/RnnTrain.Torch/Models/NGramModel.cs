using RnnTrain.Cells;
using RnnTrain.Configuration;
using RnnTrain.Layers;
using RnnTrain.NGrams;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>
/// A language model of n-grams among those of networks. It has no parameters, but tables of counts, which a checkpoint holds as tensors of
/// Int32: `n_grams.1.tokens`, `n_grams.1.counts`, `n_grams.1.first_child`, …, as <see cref="NGramTable"/> explains them.
/// </summary>
public sealed class NGramModel(MarkovOptions options, int vocabulary) : SequenceModel(nameof(NGramModel))
{
    private KneserNeyModel? counted;
    private IReadOnlyList<(string Name, Tensor Tensor)> tables = [];

    /// <summary>The length of its longest n-grams.</summary>
    public int Order => options.Order;

    /// <summary>What it has counted.</summary>
    /// <exception cref="InvalidOperationException">It has counted nothing yet.</exception>
    public KneserNeyModel Counted => counted ?? throw new InvalidOperationException("the model has counted nothing yet");

    public override IReadOnlyList<LayerDescription> Layers => [];

    public override IReadOnlyList<(string Name, Tensor Tensor)> Tables => tables;

    /// <summary>Counts a text in place of what was counted before.</summary>
    /// <param name="text">Tokens, at least one.</param>
    public void Count(int[] text)
    {
        counted = KneserNeyModel.Of(text, options.Order, vocabulary, options.Smoothing);
        Keep();
    }

    public override IReadOnlyList<NamedParameter> NamedParameters() => [];

    public override void ComputeIn(ScalarType type)
    {
        // counts are whole numbers and probabilities Float64, whatever networks compute in
    }

    public override RecurrentState RestoreState(IReadOnlyDictionary<string, Tensor> saved) =>
        throw new InvalidDataException("a model of n-grams carries no state from batch to batch");

    public override void LoadParameters(IReadOnlyDictionary<string, Tensor> weights) => TakeTables(weights.ToDictionary());

    public override void TakeTables(Dictionary<string, Tensor> saved)
    {
        List<NGramTable> read = [];
        for (var length = 1; length <= options.Order; length++)
        {
            var tokens = Take("tokens");
            read.Add(new NGramTable(tokens, Take("counts"), length < options.Order ? Take("first_child") : new int[tokens.Length + 1]));

            int[] Take(string table) => saved.Remove(NameOf(length, table), out var found)
                ? found.data<int>().ToArray()
                : throw new UserMistakeException($"the weights lack '{NameOf(length, table)}'");
        }

        counted = new KneserNeyModel(read, vocabulary, options.Smoothing);
        Keep();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Forget();
        base.Dispose(disposing);
    }

    private static string NameOf(int length, string table) => $"n_grams.{length}.{table}";

    private void Forget()
    {
        foreach (var (_, table) in tables) table.Dispose();
        tables = [];
    }

    private void Keep()
    {
        Forget();
        var all = new List<(string, Tensor)>();
        foreach (var (table, length) in Counted.Tables.Select((table, i) => (table, i + 1)))
        {
            all.Add((NameOf(length, "tokens"), Kept(table.Tokens))); // [n-grams]
            all.Add((NameOf(length, "counts"), Kept(table.Counts))); // [n-grams]
            if (length < Order) all.Add((NameOf(length, "first_child"), Kept(table.FirstChild))); // [n-grams + 1]
        }

        tables = all;
    }

    private static Tensor Kept(int[] numbers) => tensor(numbers).DetachFromDisposeScope(); // [numbers]
}
