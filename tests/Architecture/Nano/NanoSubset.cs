using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>Lints built code for what the nanoFramework 1.17 interpreter accepts and then gets wrong, and for members that it lacks.</summary>
/// <remarks>The compiler and the metadata processor report none of this.</remarks>
internal static class NanoSubset
{
    private const int MaxStaticFields = 255;
    private const int MaxInitialiserBytes = 65534;

    /// <summary>Findings in a type and the types nested in it; without a listing the members are not looked up.</summary>
    public static IEnumerable<Finding> Lint(TypeDefinition type, ApiListing? api) =>
    [
        .. LintType(type),
        .. StartRules.Check(type),
        .. type.Fields.SelectMany(field => ShapeRules.Check(field.FieldType, (rule, seen) => Finding.In(type, rule, $"field {field.Name} is {seen}"))),
        .. type.Methods.SelectMany(method => LintMethod(method, api)),
        .. type.NestedTypes.SelectMany(nested => Lint(nested, api)),
    ];

    private static IEnumerable<Finding> LintType(TypeDefinition type)
    {
        if (type.HasGenericParameters)
        {
            yield return Finding.In(type, "GenericParameter", "a generic type crashes while loading");
        }

        if (type.Interfaces.Any(implemented => implemented.InterfaceType.FullName.EndsWith(".IAsyncStateMachine", StringComparison.Ordinal)))
        {
            yield return Finding.In(type, "Async", "an async state machine");
        }

        int statics = type.Fields.Count(field => field.IsStatic && !field.HasConstant);
        if (statics > MaxStaticFields)
        {
            yield return Finding.In(type, "StaticFields", $"{statics} static fields, at most {MaxStaticFields}");
        }

        foreach (FieldDefinition data in type.Fields.Where(field => field.InitialValue.Length > MaxInitialiserBytes))
        {
            yield return Finding.In(type, "Initialiser", $"{data.InitialValue.Length} bytes in one initialiser, at most {MaxInitialiserBytes}");
        }

        foreach (FieldDefinition buffer in type.Fields.Where(field => field.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "FixedBufferAttribute")))
        {
            yield return Finding.In(type, "Fixed", $"field {buffer.Name} is a buffer of fixed size");
        }

        foreach (TypeReference parent in type.Interfaces.Select(implemented => implemented.InterfaceType).Append(type.BaseType).OfType<TypeReference>())
        {
            foreach (Finding finding in ShapeRules.Check(parent, (rule, seen) => Finding.In(type, rule, $"base {seen}")))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> LintMethod(MethodDefinition method, ApiListing? api)
    {
        if (method.HasGenericParameters)
        {
            yield return Finding.In(method, "GenericParameter", "a generic method gives wrong values");
        }

        if (method.DeclaringType.IsInterface && method.HasBody && !method.IsStatic)
        {
            yield return Finding.In(method, "DefaultInterfaceMethod", "throws at the call");
        }

        IEnumerable<Finding> signature = method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType)
            .SelectMany(type => ShapeRules.Check(type, (rule, seen) => Finding.In(method, rule, $"signature has {seen}")));
        foreach (Finding finding in signature.Concat(method.HasBody ? BodyRules.Check(method, api) : []))
        {
            yield return finding;
        }
    }
}
