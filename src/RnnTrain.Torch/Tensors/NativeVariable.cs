namespace RnnTrain.Tensors;

/// <summary>An environment variable that native libraries read when they are loaded.</summary>
/// <param name="Name">As it stands in the environment.</param>
/// <param name="Value">What the libraries see.</param>
/// <param name="IsUsers">True where the user had set it; false where this program did.</param>
public sealed record NativeVariable(string Name, string Value, bool IsUsers);
