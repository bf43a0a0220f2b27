using RnnTrain.Configuration;
using RnnTrain.Data.Encoding;
using RnnTrain.Data.Examples;
using RnnTrain.Data.Formats;

namespace RnnTrain.Data;

/// <summary>The reading of an experiment's data, whatever it is.</summary>
public static class ExperimentData
{
    /// <param name="config">An experiment that the loader has accepted.</param>
    /// <param name="dataRoot">The folder at which relative paths start.</param>
    /// <param name="trained">The lexicon of a trained model; null to make one from the training text, where there is text.</param>
    /// <exception cref="UserMistakeException">The data is not what the configuration says, or nothing can be learned from it.</exception>
    public static IExperimentData Read(ExperimentConfig config, string dataRoot, Lexicon? trained = null) =>
        FormatTable.Formats.Create(config.Data.Format, new FormatContext(dataRoot, config.Seed)) switch
        {
            IExampleFormat examples => examples.Read(config.Data),
            ITextExampleFormat texts => TextExampleReader.Read(config.Data, texts, trained),
            _ => TextCorpus.Read(config.Data, dataRoot, trained?.Tokens),
        };
}
