namespace RnnTrain.Configuration;

/// <summary>Vectors of words that were trained elsewhere.</summary>
public sealed record VectorOptions
{
    [Describe("A text file as word2vec, GloVe and fastText write them, a word and its numbers a line, plain or compressed with gzip; below the data root. A word that it lacks takes the vector of its lower case, or else begins as model.initialization draws it.")]
    public required string File { get; init; }

    [Describe("Leave the embedding as it is then: nothing of it is trained, the words without a vector included.")]
    public bool Freeze { get; init; }
}
