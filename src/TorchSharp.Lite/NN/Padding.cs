namespace TorchSharp;

/// <summary>How much a convolution pads.</summary>
public enum Padding
{
    /// <summary>Nothing.</summary>
    Valid = 0,

    /// <summary>As much as keeps the length.</summary>
    Same = 1,
}
