using RnnTrain.Configuration;

namespace RnnTrain.Tasks;

[Describe("Tells one class of each example when the whole sequence has been read.")]
public sealed record SequenceClassificationOptions : TaskOptions
{
    public override IEnumerable<ConfigMistake> Check(ExperimentConfig config) => ExampleRules.Check(config, TargetKind.ClassAtEnd);
}
