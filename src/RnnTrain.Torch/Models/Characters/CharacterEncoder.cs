using RnnTrain.Cells;
using RnnTrain.Data.Batching;
using RnnTrain.Tensors;
using static TorchSharp.torch;

namespace RnnTrain.Models.Characters;

/// <summary>What the letters of a word tell of it. It computes in the type of its own parameters. These are zero until they are initialised or loaded.</summary>
/// <param name="name">Of the module.</param>
/// <param name="features">Features of a word.</param>
public abstract class CharacterEncoder(string name, long features) : nn.Module(name)
{
    /// <summary>Reads each different word of a batch once and puts what it found wherever the word stands.</summary>
    /// <param name="words">The words of the batch.</param>
    /// <param name="steps">Time steps of the batch.</param>
    /// <param name="device">Where the parameters are.</param>
    /// <returns>[time, batch, features].</returns>
    public Tensor Forward(DistinctWords words, long steps, Device device)
    {
        var letters = device.To(tensor(words.Letters.Tokens, [words.Letters.Steps, words.Letters.Count])); // [letters, words]
        var read = Read(letters, new Lengths(words.Letters.Lengths, words.Letters.Steps, device)); // [words, features]
        var places = device.To(tensor(words.Places)); // [time · batch]
        return read.index_select(0, places).view(steps, -1, features); // [words, features] → [time, batch, features]
    }

    /// <summary>Its parameters, the matrix of the letters under the name `embedding.weight`.</summary>
    public abstract IReadOnlyList<NamedParameter> NamedParameters();

    /// <param name="letters">[letters, words] of Int64.</param>
    /// <param name="lengths">Where each word ends.</param>
    /// <returns>[words, features].</returns>
    protected abstract Tensor Read(Tensor letters, Lengths lengths);
}
