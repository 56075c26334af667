using System.Reflection.PortableExecutable;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IotAttest.Architecture.Tests.Nano.Size;

/// <summary>How much code and data an assembly brings onto a board; all lengths in bytes.</summary>
/// <param name="Assembly">The .NET file, without symbols.</param>
/// <param name="Metadata">Its tables and heaps.</param>
/// <param name="Strings">Names and text literals as UTF-8 with an ending zero, each once.</param>
/// <param name="Literals">The text literals among them.</param>
/// <param name="Initialisers">Values of arrays that stand in the file.</param>
/// <param name="MostLocals">Locals of the method with the most of them.</param>
/// <param name="Code">Method bodies by namespace.</param>
internal sealed record BoardSize(int Assembly, int Metadata, int Strings, int Literals, int Initialisers, int MostLocals, IReadOnlyList<CodeSize> Code)
{
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
        "",
        "| Namespace | Types with code | Methods | Locals | IL bytes |",
        "|---|---|---|---|---|",
        .. Code.Select(part => $"| {part.Namespace} | {part.Types} | {part.Methods} | {part.Locals} | {part.IlBytes} |"),
        $"| together | {Code.Sum(part => part.Types)} | {Code.Sum(part => part.Methods)} | {Code.Sum(part => part.Locals)} | {IlBytes} |",
        "",
        $"Most locals in one method: {MostLocals}.",
    ]);

    private static IEnumerable<string> LiteralsOf(MethodDefinition method) => method.Body.Instructions
        .Where(instruction => instruction.OpCode.Code == Mono.Cecil.Cil.Code.Ldstr).Select(instruction => (string)instruction.Operand);

    private static IEnumerable<string> NamesIn(ModuleDefinition module, TypeDefinition[] types) =>
    [
        .. types.SelectMany(type => new[] { type.Name, type.Namespace }),
        .. types.SelectMany(type => type.Methods.Select(method => method.Name).Concat(type.Fields.Select(field => field.Name))),
        .. module.GetTypeReferences().SelectMany(type => new[] { type.Name, type.Namespace }),
        .. module.GetMemberReferences().Select(member => member.Name),
        .. module.AssemblyReferences.Select(assembly => assembly.Name),
    ];

    private static int LengthOf(IEnumerable<string> texts) => texts.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);

    private static string NamespaceOf(TypeDefinition type) => type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;
}
