using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Layers;
using RnnTrain.Models;

namespace RnnTrain.Tasks;

/// <summary>What the tagging scheme of an experiment's labels forbids the conditional random field of its network.</summary>
public static class FieldConstraints
{
    /// <summary>Tells the network; whoever makes one for labels does that before it answers.</summary>
    /// <param name="network">One without such a field stays as it is.</param>
    /// <param name="config">The experiment.</param>
    /// <param name="lexicon">Its labels; null where they have no names.</param>
    public static void Apply(SequenceNetwork network, ExperimentConfig config, Lexicon? lexicon)
    {
        var where = (config.Task as SequenceLabelingOptions)?.Constraints ?? TagConstraints.Answers;
        if (network.Field is not { } field || lexicon?.Labels is not { } labels || where == TagConstraints.None) return;
        field.Allowed = AllowedSteps.Of(config.Data.Format.Tagging, labels.Symbols);
        field.AllowedInTraining = where == TagConstraints.Training;
    }
}
