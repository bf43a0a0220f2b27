using System.Reflection;
using TorchSharp.Utils;

namespace TorchSharp;

/// <summary>Reads the component name of a module's field.</summary>
public static class FieldInfoExtensionMethods
{
    /// <summary>The name given by <see cref="ComponentNameAttribute"/>, or the field's own.</summary>
    public static string ComponentName(this FieldInfo field) =>
        field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
}
