namespace TorchSharp.Utils;

/// <summary>Names the component that a field of a module holds, where the field's own name will not do.</summary>
[AttributeUsage(AttributeTargets.Field, AllowMultiple = false, Inherited = true)]
public sealed class ComponentNameAttribute : Attribute
{
    /// <summary>The key of the component in <c>state_dict()</c>.</summary>
    public string? Name { get; set; }
}
