using System.Reflection;

namespace RnnTrain.Configuration.Binding;

/// <summary>One key of a block.</summary>
/// <param name="Name">As it is written: snake_case.</param>
/// <param name="Required">Must be given.</param>
internal sealed record KeySchema(string Name, PropertyInfo Property, ValueSchema Value, bool Required, string Description);
