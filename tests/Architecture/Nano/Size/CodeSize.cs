using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano.Size;

/// <summary>The code of one namespace: lengths of method bodies in bytes of IL, headers not counted.</summary>
internal sealed record CodeSize(string Namespace, int Types, int Methods, int Locals, int IlBytes)
{
    public static CodeSize Of(IGrouping<string, MethodDefinition> methods) => new(
        methods.Key,
        methods.Select(method => method.DeclaringType).Distinct().Count(),
        methods.Count(),
        methods.Where(method => method.HasBody).Sum(method => method.Body.Variables.Count),
        methods.Where(method => method.HasBody).Sum(method => method.Body.CodeSize));
}
