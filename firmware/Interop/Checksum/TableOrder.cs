using System.Globalization;
using Mono.Cecil;

namespace IotAttest.Interop.Checksum;

/// <summary>The order that types and methods have in the tables of a nanoFramework PE. It is not source order.</summary>
internal static class TableOrder
{
    private const string ExcludeAttribute = "System.Runtime.CompilerServices.ExcludeTypeAttribute";

    // Left out whatever the project says; a project can name more in NFMDP_PE_ExcludeClassByName, which none of this repository does.
    private static readonly string[] ExcludedNames = ["<Module>", "ThisAssembly", "RefSafetyRulesAttribute", "AccessedThroughPropertyAttribute"];

    /// <summary>All types that reach the PE: by name, but after their declaring type, their interfaces, and what their bodies' calls return and take.</summary>
    /// <exception cref="InvalidOperationException">This process compares text without language rules.</exception>
    public static List<TypeDefinition> Types(ModuleDefinition module)
    {
        RequireLanguageRules();
        StringComparer byLanguage = StringComparer.Create(CultureInfo.InvariantCulture, ignoreCase: false);
        HashSet<TypeDefinition> visited = [];
        List<TypeDefinition> ordered = [];
        foreach (TypeDefinition type in module.GetTypes().Where(type => !IsExcluded(type)).OrderBy(type => type.FullName, byLanguage))
        {
            Visit(type, visited, ordered);
        }

        return ordered;
    }

    /// <summary>Virtual methods, then instance, then static, each in declaration order.</summary>
    public static IEnumerable<MethodDefinition> Methods(TypeDefinition type) =>
        type.Methods.Where(method => method.IsVirtual)
            .Concat(type.Methods.Where(method => !method.IsVirtual && !method.IsStatic))
            .Concat(type.Methods.Where(method => !method.IsVirtual && method.IsStatic));

    /// <summary>Whether firmware has to bring the body.</summary>
    public static bool IsNative(MethodDefinition method) => !method.HasBody && !method.IsAbstract;

    /// <summary>Classes and structs, without delegates: what checksums count.</summary>
    public static bool IsCounted(TypeDefinition type) =>
        !type.IsInterface && !type.IsEnum && type.BaseType?.FullName is not ("System.MulticastDelegate" or "System.Delegate");

    /// <summary>Without ICU, or in invariant mode, text is compared by code points; checksums would come out wrong without a sign.</summary>
    public static void RequireLanguageRules()
    {
        if (CultureInfo.InvariantCulture.CompareInfo.Compare("a", "B") > 0)
        {
            throw new InvalidOperationException(
                "Text is compared without language rules, so types would be sorted wrongly. Install ICU and unset InvariantGlobalization (DOTNET_SYSTEM_GLOBALIZATION_INVARIANT).");
        }
    }

    private static void Visit(TypeDefinition type, HashSet<TypeDefinition> visited, List<TypeDefinition> ordered)
    {
        if (visited.Contains(type) || IsExcluded(type))
        {
            return;
        }

        if (type.DeclaringType is not null)
        {
            Visit(type.DeclaringType, visited, ordered);
        }

        foreach (TypeDefinition implemented in type.Interfaces.Select(item => item.InterfaceType).OfType<TypeDefinition>())
        {
            Visit(implemented, visited, ordered);
        }

        if (visited.Add(type))
        {
            foreach (TypeDefinition used in type.Methods.SelectMany(TypesOfCalls))
            {
                Visit(used, visited, ordered);
            }

            ordered.Add(type);
        }
    }

    // A type of this module is its definition already; of an array or a reference its element counts.
    private static IEnumerable<TypeDefinition> TypesOfCalls(MethodDefinition method) => method.HasBody
        ? method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>()
            .SelectMany(call => call.Parameters.Select(parameter => parameter.ParameterType).Prepend(call.ReturnType))
            .Select(type => type.GetElementType()).OfType<TypeDefinition>()
        : [];

    private static bool IsExcluded(TypeDefinition type) =>
        ExcludedNames.Contains(type.Name)
        || type.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == ExcludeAttribute)
        || (type.DeclaringType is not null && IsExcluded(type.DeclaringType));
}
