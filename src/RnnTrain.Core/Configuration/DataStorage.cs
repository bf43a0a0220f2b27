namespace RnnTrain.Configuration;

/// <summary>Where the numbers that text becomes are kept while a model is trained.</summary>
public enum DataStorage
{
    [Describe("In memory up to a quarter of what the process may use, the rest in a temporary file.")]
    Auto,

    [Describe("In memory.")]
    Memory,

    [Describe("In a temporary file below TMPDIR, which nobody else sees and which is gone when the process ends.")]
    Disk,
}
