using Mono.Cecil;

namespace IotAttest.Interop.Checksum;

/// <summary>What firmware has to say about an assembly: <c>CLR_RT_NativeAssemblyData</c> and its method table.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="Checksum">v1.</param>
/// <param name="Handlers">One for each MethodDef of the PE, in table order; NULL for a managed method.</param>
/// <param name="Version">Four numbers; null when the assembly carries no AssemblyNativeVersion, as builds for .NET do not.</param>
internal sealed record NativeData(string Name, uint Checksum, IReadOnlyList<string> Handlers, Version? Version)
{
    public const string NoHandler = "NULL";

    private const string VersionAttribute = "System.Reflection.AssemblyNativeVersionAttribute";

    public static NativeData Of(ModuleDefinition module)
    {
        string name = module.Assembly.Name.Name;
        return new(name, NativeChecksum.OfV1(module), [.. TableOrder.Types(module).SelectMany(TableOrder.Methods).Select(method => HandlerOf(name, method))], VersionOf(module));
    }

    private static string HandlerOf(string assembly, MethodDefinition method) => TableOrder.IsNative(method) && TableOrder.IsCounted(method.DeclaringType)
        ? $"Library_{assembly.Replace('.', '_')}_{MethodToken.OfClass(method.DeclaringType)}::{MethodToken.Of(method)}"
        : NoHandler;

    private static Version? VersionOf(ModuleDefinition module) =>
        module.Assembly.CustomAttributes.Where(attribute => attribute.AttributeType.FullName == VersionAttribute)
            .Select(attribute => Version.Parse((string)attribute.ConstructorArguments[0].Value)).SingleOrDefault();
}
