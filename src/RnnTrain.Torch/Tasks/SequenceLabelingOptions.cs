using RnnTrain.Configuration;

namespace RnnTrain.Tasks;

[Describe("Tells a class at every step of a sequence.")]
public sealed record SequenceLabelingOptions : TaskOptions
{
    public override IEnumerable<ConfigMistake> Check(ExperimentConfig config) => ExampleRules.Check(config, TargetKind.ClassEachStep);
}
