using RnnTrain.Configuration;

namespace RnnTrain.Tasks;

[Describe("Tells real numbers of each example when the whole sequence has been read, by least squares.")]
public sealed record SequenceRegressionOptions : TaskOptions
{
    public override IEnumerable<ConfigMistake> Check(ExperimentConfig config) => ExampleRules.Check(config, TargetKind.ValuesAtEnd);
}
