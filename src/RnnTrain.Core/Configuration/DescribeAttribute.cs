namespace RnnTrain.Configuration;

/// <summary>What a configuration key, a component or a choice means, in one sentence: for docs/CONFIGURATION.md, `rnn list` and the schema.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Field)]
public sealed class DescribeAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}
