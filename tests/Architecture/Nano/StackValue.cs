using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>How the boards' interpreter sees a value on its stack; .NET's IL knows no signs there.</summary>
/// <param name="IsUnsigned">A uint or a ulong, or an enum of them; bytes, characters and 16-bit values are promoted to signed.</param>
/// <param name="Type">What an array or a reference was declared as: long and ulong load from it by the same instruction.</param>
/// <param name="Constant">The value when it stands in the code.</param>
internal readonly record struct StackValue(bool IsUnsigned, TypeReference? Type, long? Constant = null)
{
    /// <summary>A signed integer or no integer at all.</summary>
    public static StackValue Other => default;

    public static StackValue Unsigned { get; } = new(true, null);

    public static StackValue Of(long constant) => new(false, null, constant);

    public static StackValue Of(TypeReference? type) => new(type is not null && IsUnsignedType(type), type);

    /// <summary>What lies in an array or behind a reference.</summary>
    public StackValue Element => Of((Type as TypeSpecification)?.ElementType);

    /// <summary>One of the two: unsigned when one of them is, or holds such values.</summary>
    public StackValue Join(StackValue other) => new(
        IsUnsigned || other.IsUnsigned,
        HoldsUnsigned(Type) ? Type : other.Type ?? Type,
        Constant == other.Constant ? Constant : null);

    private static bool HoldsUnsigned(TypeReference? type) => type is TypeSpecification specification && IsUnsignedType(specification.GetElementType());

    private static bool IsUnsignedType(TypeReference type) =>
        EnumTypes.UnderlyingOf(type).MetadataType is MetadataType.UInt32 or MetadataType.UInt64 or MetadataType.UIntPtr;
}
