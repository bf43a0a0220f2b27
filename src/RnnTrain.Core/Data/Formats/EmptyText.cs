using RnnTrain.Configuration;

namespace RnnTrain.Data.Formats;

/// <summary>What becomes of an example that lacks text.</summary>
public enum EmptyText
{
    [Describe("It is left out, and counted.")]
    Skip,

    [Describe("It is a mistake.")]
    Refuse,
}
