using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>Makes reference assemblies from the listing: what a board has and nothing else.</summary>
/// <remarks>Left out: generic types, which the listing leaves out too. Attributes are the three that the compiler asks for:
/// <c>params</c>, the indexer's name and the mark of a ref struct.</remarks>
internal sealed class StubBuilder
{
    /// <summary>What marks a ref struct; each assembly with one brings the attribute itself, not public.</summary>
    public const string RefStructMark = "IsByRefLikeAttribute";

    private const string Core = "mscorlib";

    private readonly StubTypes _types = new();
    private readonly List<(ApiType Listed, TypeDefinition Type)> _all = [];
    private AssemblyNameReference? _core;

    private StubBuilder()
    {
    }

    /// <summary>The images of all assemblies, by name.</summary>
    public static IReadOnlyDictionary<string, byte[]> Build(IReadOnlyList<ApiAssembly> listed)
    {
        StubBuilder builder = new();
        AssemblyDefinition[] assemblies = [.. listed.Select(builder.AddAssembly)];
        builder._all.ForEach(builder.AddParents);
        StubMembers members = new(builder._types);
        foreach (IGrouping<ModuleDefinition, TypeDefinition> refStructs in builder._all.Where(pair => pair.Listed.Flags.Has("byreflike")).Select(pair => pair.Type).GroupBy(type => type.Module))
        {
            builder.MarkRefStructs(refStructs.Key, refStructs);
        }

        // Enums first: constants and defaults of their types need to know what they are made of.
        foreach ((ApiType type, TypeDefinition definition) in builder._all.OrderBy(pair => pair.Listed.Kind != "enum"))
        {
            members.Add(type, definition);
        }

        return assemblies.ToDictionary(assembly => assembly.Name.Name, Image);
    }

    // The core library refers to nothing, itself included: it gets its name after its signatures know how to encode
    // primitive types, and loses the reference that knowing them brought along.
    private AssemblyDefinition AddAssembly(ApiAssembly listed)
    {
        bool isCore = listed.Name == Core;
        AssemblyDefinition assembly = AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition(isCore ? "core" : listed.Name, listed.Version), listed.Name, ModuleKind.Dll);
        ModuleDefinition module = assembly.MainModule;
        if (isCore)
        {
            _ = module.TypeSystem.Object;
            assembly.Name.Name = Core;
            module.AssemblyReferences.Clear();
            _core = new AssemblyNameReference(Core, listed.Version);
        }
        else
        {
            module.AssemblyReferences.Add(new AssemblyNameReference(_core!.Name, _core.Version));
        }

        foreach (ApiType type in listed.Types)
        {
            AddType(module, type);
        }

        return assembly;
    }

    private void AddType(ModuleDefinition module, ApiType listed)
    {
        int plus = listed.Name.LastIndexOf('+');
        int dot = listed.Name.LastIndexOf('.');
        TypeDefinition type = plus < 0
            ? new TypeDefinition(listed.Name[..dot], listed.Name[(dot + 1)..], TypeAttributes.Public | Kind(listed))
            : new TypeDefinition("", listed.Name[(plus + 1)..], TypeAttributes.NestedPublic | Kind(listed));
        (plus < 0 ? module.Types : _types.Find(listed.Name[..plus])!.NestedTypes).Add(type);
        _types.Add(listed.Name, type);
        _all.Add((listed, type));
    }

    private static TypeAttributes Kind(ApiType listed) => TypeAttributes.BeforeFieldInit | listed.Kind switch
    {
        "class" => TypeAttributes.Class,
        "abstract class" => TypeAttributes.Abstract,
        "sealed class" or "delegate" or "enum" => TypeAttributes.Sealed,
        "static class" => TypeAttributes.Abstract | TypeAttributes.Sealed,
        "struct" => TypeAttributes.Sealed | TypeAttributes.SequentialLayout,
        "interface" => TypeAttributes.Interface | TypeAttributes.Abstract,
        _ => throw new FormatException($"{listed.Name} is a {listed.Kind}; expected a kind of type that the listing's header names"),
    };

    private void AddParents((ApiType Listed, TypeDefinition Type) pair)
    {
        (ApiType listed, TypeDefinition type) = pair;
        string? parent = listed.Kind == "enum" ? "System.Enum" : listed.Base;
        type.BaseType = parent is null ? null : _types.Token(type.Module, parent);
        foreach (string implemented in listed.Interfaces)
        {
            type.Interfaces.Add(new InterfaceImplementation(_types.Token(type.Module, implemented)));
        }
    }

    private void MarkRefStructs(ModuleDefinition module, IEnumerable<TypeDefinition> refStructs)
    {
        TypeDefinition mark = new("System.Runtime.CompilerServices", RefStructMark, TypeAttributes.NotPublic | TypeAttributes.Sealed, _types.Token(module, "System.Attribute"));
        const MethodAttributes Constructor = MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName;
        MethodDefinition constructor = new(".ctor", Constructor, module.TypeSystem.Void);
        StubMembers.Throw(constructor);
        mark.Methods.Add(constructor);
        module.Types.Add(mark);
        foreach (TypeDefinition refStruct in refStructs)
        {
            refStruct.CustomAttributes.Add(new CustomAttribute(constructor));
        }
    }

    private static byte[] Image(AssemblyDefinition assembly)
    {
        ModuleDefinition module = assembly.MainModule;
        if (assembly.Name.Name == Core)
        {
            module.AssemblyReferences.Clear();
        }

        using MemoryStream image = new();
        assembly.Write(image);
        return image.ToArray();
    }
}
