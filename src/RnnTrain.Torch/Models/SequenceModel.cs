using RnnTrain.Cells;
using RnnTrain.Layers;
using static TorchSharp.torch;

namespace RnnTrain.Models;

/// <summary>A network that reads sequences, as tasks, the training loop, precision and checkpoints know it.</summary>
public abstract class SequenceModel(string name) : nn.Module(name)
{
    /// <summary>How each recurrent layer is computed, and why so.</summary>
    public abstract IReadOnlyList<LayerDescription> Layers { get; }

    /// <summary>
    /// Multiplications with addition in the matrix products of a forward pass, for one token; of a network that reads one sequence and writes another, for
    /// one that is read and one that is written.
    /// </summary>
    public virtual long MultiplyAddsPerToken => 0;

    /// <summary>Numbers that a forward pass keeps for the backward pass, for one token; an estimate.</summary>
    public virtual long ActivationsPerToken => 0;

    /// <summary>The embedding of the tokens that are read; null where real numbers are, or nothing is trained.</summary>
    public virtual TokenEmbedding? InputEmbedding => null;

    /// <summary>All parameters, each once, under the names of a checkpoint.</summary>
    public abstract IReadOnlyList<NamedParameter> NamedParameters();

    /// <summary>Converts the layers that compute in a short type to that type; their parameters are new objects afterwards.</summary>
    public abstract void ComputeIn(ScalarType type);

    /// <inheritdoc cref="RecurrentStack.RestoreState"/>
    public abstract RecurrentState RestoreState(IReadOnlyDictionary<string, Tensor> saved);

    /// <summary>What of a checkpoint is no parameter: what was counted and not trained. Empty for networks.</summary>
    public virtual IReadOnlyList<(string Name, Tensor Tensor)> Tables => [];

    /// <summary>Takes its <see cref="Tables"/> out of the tensors of a checkpoint; parameters stay there.</summary>
    /// <exception cref="Configuration.UserMistakeException">One is missing.</exception>
    public virtual void TakeTables(Dictionary<string, Tensor> saved)
    {
    }

    /// <summary>Copies weights into the model.</summary>
    /// <exception cref="Configuration.UserMistakeException">A name is missing or unexpected, or a shape differs; one line each.</exception>
    public virtual void LoadParameters(IReadOnlyDictionary<string, Tensor> weights) => ParameterLoading.Load(NamedParameters(), weights);
}
