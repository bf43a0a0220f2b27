using RnnTrain.Configuration;

namespace RnnTrain.Tests.Configuration;

public sealed class ConfigDifferenceTests
{
    [Theory]
    [InlineData("epochs: 3", "epochs: 5", "training.epochs: 3 → 5")]
    [InlineData("[a.txt, b.txt]", "[a.txt, d.txt]", "data.train: [a.txt, b.txt] → [a.txt, d.txt]")]
    [InlineData("clip_norm: 5", "clip_norm: null", "training.clip_norm: 5.0 → null")]
    [InlineData("clip_norm: 5", "clip_norm: 5.0", "")]
    [InlineData("device: cpu", "device: cuda:1", "device: cpu → \"cuda:1\"")]
    [InlineData("clip_norm: 5", "clip_norm: 5\n  early_stopping: {patience: 2}", "training.early_stopping: null → {patience: 2, minimum_improvement: 0.0}")]
    [InlineData("device: cpu", "device: cpu\nsample: {length: 3}", "sample: null → {prompt: \"\", length: 3, temperature: 1.0}")]
    [InlineData("    type: gated\n    forget_bias: 0.5\n", "    type: plain\n", "model.cell.type: gated → plain")]
    [InlineData("    forget_bias: 0.5\n", "", "model.cell.forget_bias: 0.5 → 1.0")]
    [InlineData("seed: 7", "seed: 8\nprecision: fp32", "seed: 7 → 8")]
    public void Differing_keys_are_listed_with_both_values(string part, string replacement, string difference)
    {
        var before = ConfigFolder.LoadChanged("name: trial", "name: trial").Config;
        var after = ConfigFolder.LoadChanged(part, replacement).Config;

        Assert.Equal(difference, string.Join('\n', ConfigDifference.Between(before, after, FakeComponents.Registries)));
    }

    [Theory]
    [InlineData("training.epochs", true)]
    [InlineData("training.early_stopping", true)]
    [InlineData("training.early_stopping.patience", true)]
    [InlineData("evaluation.every", true)]
    [InlineData("checkpoints.keep", true)]
    [InlineData("device", true)]
    [InlineData("training.epochs_of_warmup", false)]
    [InlineData("training.optimizer.learning_rate", true)]
    [InlineData("training.schedule.type", true)]
    [InlineData("training.optimizer.type", false)]
    [InlineData("model.hidden_size", false)]
    [InlineData("data.tokens.type", false)]
    [InlineData("data.train", false)]
    [InlineData("seed", false)]
    [InlineData("precision", true)]
    public void What_may_change_on_resume(string key, bool allowed) =>
        Assert.Equal(allowed, ResumeRules.Allows(new ConfigDifference(key, "a", "b")));

    [Fact]
    public void Every_key_that_may_change_exists()
    {
        var document = ConfigurationDocument.Generate(FakeComponents.Registries);

        Assert.All(ResumeRules.MayChange, rule => Assert.Contains($"| `{rule.Prefix.Split('.')[^1]}` |", document, StringComparison.Ordinal));
    }
}
