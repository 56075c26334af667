using System.Reflection.PortableExecutable;
using System.Text;
using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano.Size;

/// <summary>How much code and data an assembly brings onto a board; all lengths in bytes.</summary>
/// <param name="Assembly">The .NET file, without symbols.</param>
/// <param name="Metadata">Its tables and heaps.</param>
/// <param name="Strings">Names and text literals as UTF-8 with an ending zero, each once.</param>
/// <param name="Literals">The text literals among them.</param>
/// <param name="Initialisers">Values of arrays that stand in the file.</param>
/// <param name="Tables">What tables of a board's format take, signatures apart, by the length of a row in <c>hardware/samples</c>.</param>
/// <param name="MostLocals">Locals of the method with the most of them.</param>
/// <param name="Code">Method bodies by namespace.</param>
internal sealed record BoardSize(int Assembly, int Metadata, int Strings, int Literals, int Initialisers, int Tables, int MostLocals, IReadOnlyList<CodeSize> Code)
{
    private const int HeaderBytes = 124;

    /// <summary>The board's own format, estimated: header, tables, strings, IL and initialisers. Signatures are not in it, and IL is
    /// counted as .NET writes it, with longer tokens.</summary>
    public int Estimate => HeaderBytes + Tables + Strings + IlBytes + Initialisers;

    public int IlBytes => Code.Sum(part => part.IlBytes);

    public static BoardSize Of(byte[] image)
    {
        using PEReader reader = new(new MemoryStream(image));
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(image));
        TypeDefinition[] types = [.. module.GetTypes()];
        MethodDefinition[] methods = [.. types.SelectMany(type => type.Methods)];
        string[] literals = [.. methods.Where(method => method.HasBody).SelectMany(LiteralsOf).Distinct()];

        return new BoardSize(
            image.Length,
            reader.PEHeaders.MetadataSize,
            LengthOf(NamesIn(module, types).Union(literals)),
            LengthOf(literals),
            types.SelectMany(type => type.Fields).Sum(field => field.InitialValue.Length),
            TablesOf(module, types),
            methods.Where(method => method.HasBody).Max(method => method.Body.Variables.Count),
            [.. methods.GroupBy(method => NamespaceOf(method.DeclaringType)).OrderBy(group => group.Key, StringComparer.Ordinal).Select(CodeSize.Of)]);
    }

    /// <summary>The report as the tables of docs/board-size.md.</summary>
    public override string ToString() => string.Join('\n',
    [
        "| What | Bytes |",
        "|---|---|",
        $"| .NET assembly, symbols apart | {Assembly} |",
        $"| of that: metadata | {Metadata} |",
        $"| of that: IL of method bodies | {IlBytes} |",
        $"| names and text literals, UTF-8, each once | {Strings} |",
        $"| of that: text literals | {Literals} |",
        $"| array initialisers | {Initialisers} |",
        $"| tables of the board's format, estimated | {Tables} |",
        $"| file in the board's format, estimated | {Estimate} |",
        "",
        "| Namespace | Types with code | Methods | Locals | IL bytes |",
        "|---|---|---|---|---|",
        .. Code.Select(part => $"| {part.Namespace} | {part.Types} | {part.Methods} | {part.Locals} | {part.IlBytes} |"),
        $"| together | {Code.Sum(part => part.Types)} | {Code.Sum(part => part.Methods)} | {Code.Sum(part => part.Locals)} | {IlBytes} |",
        "",
        $"Most locals in one method: {MostLocals}.",
    ]);

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

    private static string NamespaceOf(TypeDefinition type) => type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;
}
