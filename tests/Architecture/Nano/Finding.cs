using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano;

/// <summary>One breach of the nanoFramework subset: rule, method or type, and what was seen.</summary>
internal sealed record Finding(string Rule, string Place, string Seen)
{
    public static Finding In(MethodDefinition method, string rule, string seen) => new(rule, method.FullName, seen);

    public static Finding In(TypeDefinition type, string rule, string seen) => new(rule, type.FullName, seen);

    public override string ToString() => $"{Rule}: {Place}: {Seen}";
}
