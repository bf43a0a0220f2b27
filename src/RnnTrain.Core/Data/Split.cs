namespace RnnTrain.Data;

/// <summary>What a part of the data is for.</summary>
public enum Split
{
    Train,
    Validation,
    Test,
}
