using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace RnnTrain.Configuration.Binding;

/// <summary>The keys that an options record declares, read from its properties by reflection.</summary>
internal sealed class RecordSchema
{
    private static readonly ConcurrentDictionary<Type, RecordSchema> Schemas = [];

    private RecordSchema(Type type)
    {
        Type = type;
        var nullability = new NullabilityInfoContext();
        Keys = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true })
            .OrderBy(property => Depth(property.DeclaringType!))
            .ThenBy(property => property.MetadataToken)
            .Select(property => KeyOf(property, nullability))];
    }

    public Type Type { get; }

    /// <summary>In the order they are declared, those of the base record first.</summary>
    public IReadOnlyList<KeySchema> Keys { get; }

    public static RecordSchema Of(Type type) => Schemas.GetOrAdd(type, static type => new RecordSchema(type));

    public KeySchema? Find(string name) => Keys.FirstOrDefault(key => key.Name == name);

    /// <summary>A record with its defaults; what is required is still unset.</summary>
    public object Create() => Activator.CreateInstance(Type)!;

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;

    private static KeySchema KeyOf(PropertyInfo property, NullabilityInfoContext nullability)
    {
        var value = ValueSchema.Of(nullability.Create(property), property.GetCustomAttribute<BoundsAttribute>());
        var required = property.IsDefined(typeof(RequiredMemberAttribute));
        var description = property.GetCustomAttribute<DescribeAttribute>()?.Text ?? "";
        return new KeySchema(SnakeCase.Of(property.Name), property, value, required, description);
    }
}
