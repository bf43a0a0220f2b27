using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Models;
using static TorchSharp.torch;

namespace RnnTrain.Prediction;

/// <summary>What every predictor is made from.</summary>
/// <param name="Config">The experiment.</param>
/// <param name="Lexicon">What its numbers mean.</param>
/// <param name="Device">Where tensors live.</param>
/// <param name="Restore">Gives a model of the experiment, on the device, its trained weights, and puts it in evaluation mode.</param>
/// <param name="Options">What is wanted.</param>
public sealed record PredictorArguments(ExperimentConfig Config, Lexicon Lexicon, Device Device, Action<SequenceModel> Restore, PredictionOptions Options)
{
    /// <summary>Where texts are written: what chooses among those that were found; null for their score alone.</summary>
    public IReranker? Reranker { get; init; }
}
