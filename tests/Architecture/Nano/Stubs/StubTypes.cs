using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>The types of all stub assemblies by the listing's names.</summary>
internal sealed class StubTypes
{
    private readonly Dictionary<string, TypeDefinition> _defined = [];

    public void Add(string name, TypeDefinition type) => _defined.Add(name, type);

    /// <summary>The type of that name, or null for arrays and what is no stub.</summary>
    public TypeDefinition? Find(string name) => _defined.GetValueOrDefault(name);

    /// <summary>A reference for a base type, an interface or an attribute.</summary>
    public TypeReference Token(ModuleDefinition module, string name) => module.ImportReference(_defined[name]);

    /// <summary>A reference for a signature: arrays and by-refs, and the types that signatures encode by a byte of their own.</summary>
    public TypeReference Signature(ModuleDefinition module, string name)
    {
        if (name.EndsWith('&'))
        {
            return new ByReferenceType(Signature(module, name[..^1]));
        }

        return name.EndsWith("[]", StringComparison.Ordinal)
            ? new ArrayType(Signature(module, name[..^2]))
            : Primitive(module.TypeSystem, name) ?? Token(module, name);
    }

    /// <summary>The reference that a signature encodes without a token, or null.</summary>
    public static TypeReference? Primitive(TypeSystem system, string name) => name switch
    {
        "System.Void" => system.Void,
        "System.Boolean" => system.Boolean,
        "System.Char" => system.Char,
        "System.SByte" => system.SByte,
        "System.Byte" => system.Byte,
        "System.Int16" => system.Int16,
        "System.UInt16" => system.UInt16,
        "System.Int32" => system.Int32,
        "System.UInt32" => system.UInt32,
        "System.Int64" => system.Int64,
        "System.UInt64" => system.UInt64,
        "System.Single" => system.Single,
        "System.Double" => system.Double,
        "System.IntPtr" => system.IntPtr,
        "System.UIntPtr" => system.UIntPtr,
        "System.String" => system.String,
        "System.Object" => system.Object,
        _ => null,
    };
}
