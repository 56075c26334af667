using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>Makes reference assemblies from the listing: what a board has and nothing else.</summary>
/// <remarks>Left out: ref structs and whatever names one (bytes travel as arrays here), and generic types, which the listing
/// leaves out too. Attributes on members are the two that the compiler asks for, <c>params</c> and the indexer's name.</remarks>
internal sealed class StubBuilder
{
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
        StubMembers members = new(builder._types, [.. listed.SelectMany(assembly => assembly.Types).Where(IsByRefLike).Select(type => type.Name)]);

        // Enums first: constants and defaults of their types need to know what they are made of.
        foreach ((ApiType type, TypeDefinition definition) in builder._all.OrderBy(pair => pair.Listed.Kind != "enum"))
        {
            members.Add(type, definition);
        }

        return assemblies.ToDictionary(assembly => assembly.Name.Name, Image);
    }

    private static bool IsByRefLike(ApiType type) => type.Flags.Has("byreflike");

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

        foreach (ApiType type in listed.Types.Where(type => !IsByRefLike(type)))
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
