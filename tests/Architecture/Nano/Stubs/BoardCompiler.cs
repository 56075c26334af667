using IotAttest.Architecture.Tests.Nano.Projects;
using IotAttest.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>Compiles sources as a board's project does: C# 9, nothing implicit, no library but the board's own.</summary>
internal static class BoardCompiler
{
    public static string ListingPath { get; } = Path.Combine(SharedData.Repository, "firmware", "api", "nanoframework-1.17.txt");

    private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> Stubs = new(() => StubBuilder.Build(ApiReader.Read(ListingPath)));

    private static readonly Lazy<Dictionary<string, MetadataReference>> Library = new(() => Stubs.Value
        .ToDictionary(pair => pair.Key, pair => (MetadataReference)MetadataReference.CreateFromImage(pair.Value)));

    private static readonly Lazy<Dictionary<string, byte[]>> Boards = new(CompileProjects);

    /// <summary>The assemblies of the board projects by name, each compiled with what its project references and nothing else.</summary>
    public static IReadOnlyDictionary<string, byte[]> Assemblies => Boards.Value;

    /// <summary>The same, opened.</summary>
    public static IEnumerable<ModuleDefinition> Modules() => Assemblies.Values.Select(Open);

    /// <summary>What the compiler refuses, and its warnings, in sources given as text.</summary>
    public static string[] ErrorsIn(params string[] texts)
    {
        using MemoryStream image = new();
        return Errors(Compilation(texts.Select(text => Parse(text, "")), "Sample", Library.Value.Values, OutputKind.DynamicallyLinkedLibrary).Emit(image).Diagnostics);
    }

    /// <summary>The assembly made from source files.</summary>
    public static ModuleDefinition Module(params string[] files) => Open(Image(files));

    /// <summary>The assembly made from a source given as text, which may use the project's own assemblies.</summary>
    public static ModuleDefinition ModuleOf(string text) =>
        Open(Compile([Parse(text, "")], "Sample", [.. Library.Value.Values, .. Assemblies.Values.Select(image => MetadataReference.CreateFromImage(image))]));

    /// <summary>The image of the assembly made from source files.</summary>
    public static byte[] Image(params string[] files) => Compile(files.Select(ParseFile), "Sample", Library.Value.Values);

    private static Dictionary<string, byte[]> CompileProjects()
    {
        NanoProject[] projects = [.. ProjectFiles.Read().Legacy];
        Dictionary<string, byte[]> images = [];
        while (images.Count < projects.Length)
        {
            NanoProject next = projects.First(project => !images.ContainsKey(project.Name) && NamesOf(project.Projects).All(images.ContainsKey));
            MetadataReference[] references =
            [
                .. next.References.Select(reference => Library.Value[reference.Assembly]),
                .. NamesOf(next.Projects).Select(name => MetadataReference.CreateFromImage(images[name])),
            ];
            OutputKind kind = next.Properties["OutputType"] == "Exe" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
            images[next.Name] = Compile(next.Sources.Select(source => ParseFile(Path.Combine(Checkout.Root, source))), next.Name, references, kind);
        }

        return images;
    }

    private static IEnumerable<string> NamesOf(IEnumerable<string> projects) => projects.Select(path => Path.GetFileNameWithoutExtension(path));

    private static byte[] Compile(IEnumerable<SyntaxTree> sources, string name, IEnumerable<MetadataReference> references, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        using MemoryStream image = new();
        string[] errors = Errors(Compilation(sources, name, references, kind).Emit(image).Diagnostics);
        Assert.True(errors.Length == 0, string.Join('\n', errors));
        return image.ToArray();
    }

    private static ModuleDefinition Open(byte[] image) =>
        ModuleDefinition.ReadModule(new MemoryStream(image), new ReaderParameters { AssemblyResolver = new BoardResolver(ImageOf) });

    private static byte[]? ImageOf(string assembly) => Stubs.Value.GetValueOrDefault(assembly) ?? Assemblies.GetValueOrDefault(assembly);

    private static CSharpCompilation Compilation(IEnumerable<SyntaxTree> sources, string name, IEnumerable<MetadataReference> references, OutputKind kind) =>
        CSharpCompilation.Create(name, sources, references, new CSharpCompilationOptions(kind, optimizationLevel: OptimizationLevel.Release, deterministic: true));

    private static SyntaxTree ParseFile(string path) => Parse(File.ReadAllText(path), path);

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp9), path);

    private static string[] Errors(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString())];
}
