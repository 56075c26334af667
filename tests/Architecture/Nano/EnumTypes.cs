using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>Enums of the project and of what it references.</summary>
internal static class EnumTypes
{
    public static bool IsEnum(TypeReference type) => UnderlyingOf(type) != type;

    /// <summary>The type that an enum is made of; any other type is given back.</summary>
    public static TypeReference UnderlyingOf(TypeReference type) => type.MetadataType is MetadataType.Class or MetadataType.ValueType && type.Resolve() is { IsEnum: true } found
        ? found.Fields.Single(field => !field.IsStatic).FieldType
        : type;
}
