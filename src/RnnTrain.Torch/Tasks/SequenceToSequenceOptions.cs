using RnnTrain.Configuration;
using RnnTrain.Models;
using RnnTrain.Schedules;

namespace RnnTrain.Tasks;

[Describe("Reads a sequence and writes another: translation, replies, summaries.")]
public sealed record SequenceToSequenceOptions : TaskOptions
{
    public override IEnumerable<ConfigMistake> Check(ExperimentConfig config)
    {
        foreach (var mistake in ExampleRules.Check(config, TargetKind.Sequence)) yield return mistake;
        foreach (var mistake in DecoderRules.Mistakes(config.Model)) yield return mistake;
        if (config.Model.Decoder?.SharedEmbedding == true && !config.Data.SharedVocabulary)
        {
            yield return new ConfigMistake(
                "model.decoder.shared_embedding", "tokens that are read and tokens that are written have vocabularies of their own; set data.shared_vocabulary to true");
        }
        if (config.Training.ScheduledSampling is { Schedule: { } schedule } && ScheduleTable.Create(schedule) is ConstantSchedule or IReactsToValidation)
        {
            yield return new ConfigMistake(
                "training.scheduled_sampling.schedule", $"{ScheduleTable.Schedules.NameOf(schedule)} does not fall by itself as training goes on; use linear, cosine or exponential");
        }
    }
}
