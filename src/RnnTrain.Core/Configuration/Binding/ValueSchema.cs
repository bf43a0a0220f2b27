using System.Reflection;

namespace RnnTrain.Configuration.Binding;

/// <summary>The kinds of value a key can hold.</summary>
internal enum ValueKind
{
    Boolean,
    Integer,
    Number,
    Text,

    /// <summary>One name of an enum.</summary>
    Choice,

    /// <summary>A type that parses itself.</summary>
    Word,
    List,

    /// <summary>A record: a block of keys.</summary>
    Block,

    /// <summary>An abstract record: a block whose `type` says which one.</summary>
    Component,
}

/// <summary>What a key accepts.</summary>
/// <param name="Type">The C# type, without Nullable around it.</param>
/// <param name="Nullable">True where null is a value.</param>
/// <param name="Item">What each item of a list accepts.</param>
internal sealed record ValueSchema(ValueKind Kind, Type Type, bool Nullable, BoundsAttribute? Bounds, ValueSchema? Item)
{
    public static ValueSchema Of(NullabilityInfo info, BoundsAttribute? bounds)
    {
        var type = System.Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var kind = KindOf(type);
        var item = kind == ValueKind.List ? Of(info.GenericTypeArguments[0], bounds) : null;
        return new ValueSchema(kind, type, info.WriteState == NullabilityState.Nullable, bounds, item);
    }

    private static ValueKind KindOf(Type type)
    {
        if (type == typeof(bool)) return ValueKind.Boolean;
        if (type == typeof(int) || type == typeof(long)) return ValueKind.Integer;
        if (type == typeof(double)) return ValueKind.Number;
        if (type == typeof(string)) return ValueKind.Text;
        if (type.IsEnum) return ValueKind.Choice;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return ValueKind.List;
        if (type.GetInterface("IParsable`1") is not null) return ValueKind.Word;
        if (type.IsClass) return type.IsAbstract ? ValueKind.Component : ValueKind.Block;
        throw new NotSupportedException($"a configuration key cannot be of type {type}");
    }
}
