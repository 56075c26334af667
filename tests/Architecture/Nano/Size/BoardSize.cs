using System.Text;
using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano.Size;

/// <summary>How much code and data an assembly brings onto a board; all lengths in bytes.</summary>
/// <param name="Assembly">The .NET file, without symbols.</param>
/// <param name="Strings">Names and text literals as UTF-8 with an ending zero, each once.</param>
/// <param name="Initialisers">Values of arrays that stand in the file.</param>
/// <param name="Tables">What tables of a board's format take, signatures apart, by the length of a row in <c>hardware/samples</c>.</param>
/// <param name="Types">Number of types with methods.</param>
/// <param name="Methods">Number of methods.</param>
/// <param name="IlBytes">IL of method bodies, headers not counted.</param>
internal sealed record BoardSize(int Assembly, int Strings, int Initialisers, int Tables, int Types, int Methods, int IlBytes)
{
    private const int HeaderBytes = 124;

    /// <summary>The board's own format, estimated: header, tables, strings, IL and initialisers. Signatures are not in it, and IL is
    /// counted as .NET writes it, with longer tokens.</summary>
    public int Estimate => HeaderBytes + Tables + Strings + IlBytes + Initialisers;

    public static BoardSize Of(byte[] image)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(image));
        TypeDefinition[] types = [.. module.GetTypes()];
        MethodDefinition[] methods = [.. types.SelectMany(type => type.Methods)];
        MethodDefinition[] bodies = [.. methods.Where(method => method.HasBody)];

        return new BoardSize(
            image.Length,
            LengthOf(NamesIn(module, types).Union(bodies.SelectMany(LiteralsOf))),
            types.SelectMany(type => type.Fields).Sum(field => field.InitialValue.Length),
            TablesOf(module, types),
            types.Count(type => type.HasMethods),
            methods.Length,
            bodies.Sum(method => method.Body.CodeSize));
    }

    /// <summary>The table of docs/board-size.md, with sums over what belongs together.</summary>
    public static string Table(IReadOnlyDictionary<string, BoardSize> sizes, (string Name, string[] Assemblies)[] sums) => string.Join('\n',
    [
        "| Assembly | Types with methods | Methods | IL | Strings | Tables | Initialisers | Estimate | .NET file |",
        "|---|---|---|---|---|---|---|---|---|",
        .. sizes.Select(pair => pair.Value.Row(pair.Key)),
        .. sums.Select(sum => $"| **{sum.Name}** | | | | | | | **{sum.Assemblies.Sum(name => sizes[name].Estimate)}** | |"),
    ]);

    private string Row(string name) =>
        $"| {name} | {Types} | {Methods} | {IlBytes} | {Strings} | {Tables} | {Initialisers} | {Estimate} | {Assembly} |";

    // Constants take no room: the compiler puts their values where they are used.
    private static IEnumerable<FieldDefinition> FieldsOf(TypeDefinition type) => type.Fields.Where(field => !field.HasConstant);

    private static int TablesOf(ModuleDefinition module, TypeDefinition[] types) =>
        (24 * types.Count(type => type.Name != "<Module>"))
        + (16 * types.Sum(type => type.Methods.Count))
        + (8 * types.Sum(type => FieldsOf(type).Count()))
        + (8 * ReferencesOf(module).Count())
        + (8 * MembersOf(module).Count())
        + (12 * module.AssemblyReferences.Count);

    private static IEnumerable<string> LiteralsOf(MethodDefinition method) => method.Body.Instructions
        .Where(instruction => instruction.OpCode.Code == Mono.Cecil.Cil.Code.Ldstr).Select(instruction => (string)instruction.Operand);

    private static IEnumerable<string> NamesIn(ModuleDefinition module, TypeDefinition[] types) =>
    [
        .. types.SelectMany(type => new[] { type.Name, type.Namespace }),
        .. types.SelectMany(type => type.Methods.Select(method => method.Name).Concat(FieldsOf(type).Select(field => field.Name))),
        .. ReferencesOf(module).SelectMany(type => new[] { type.Name, type.Namespace }),
        .. MembersOf(module).Select(member => member.Name),
        .. module.AssemblyReferences.Select(assembly => assembly.Name),
    ];

    // Uses of attributes are dropped when an assembly is turned into the board's format, and what they name with them.
    private static IEnumerable<TypeReference> ReferencesOf(ModuleDefinition module) => module.GetTypeReferences().Where(type => !IsAttribute(type));

    private static IEnumerable<MemberReference> MembersOf(ModuleDefinition module) => module.GetMemberReferences().Where(member => !IsAttribute(member.DeclaringType));

    private static bool IsAttribute(TypeReference type) => type.Name.EndsWith("Attribute", StringComparison.Ordinal);

    private static int LengthOf(IEnumerable<string> texts) => texts.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
}
