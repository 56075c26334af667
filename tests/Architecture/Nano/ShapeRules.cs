using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>Rules on the types that fields, locals, signatures and instructions name.</summary>
internal static class ShapeRules
{
    /// <summary>Findings for a type reference, through its element types.</summary>
    public static IEnumerable<Finding> Check(TypeReference? type, Func<string, string, Finding> found)
    {
        for (TypeReference? part = type; part is not null; part = (part as TypeSpecification)?.ElementType)
        {
            string? rule = part switch
            {
                GenericInstanceType { ElementType.FullName: "System.Nullable`1" } => "Nullable",
                GenericInstanceType => "GenericInstance",
                ArrayType { IsVector: false } => "MultiDimensionalArray",
                FunctionPointerType => "FunctionPointer",
                PointerType => "Pointer",
                PinnedType => "Fixed",
                RequiredModifierType { ModifierType.Name: "IsVolatile" } => "Volatile",
                _ => null,
            };
            if (rule is not null)
            {
                yield return found(rule, type!.FullName);
            }
        }
    }
}
