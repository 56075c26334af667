using IotAttest.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;

namespace IotAttest.Architecture.Tests.Nano.Stubs;

/// <summary>Compiles sources as a board's project does: C# 9, nothing implicit, no library but the board's own.</summary>
internal static class BoardCompiler
{
    public static string ListingPath { get; } = Path.Combine(SharedData.Repository, "firmware", "api", "nanoframework-1.17.txt");

    private static readonly Lazy<MetadataReference[]> Library = new(() =>
        [.. StubBuilder.Build(ApiReader.Read(ListingPath)).Values.Select(image => MetadataReference.CreateFromImage(image))]);

    private static readonly Lazy<byte[]> Board = new(() => Compile(AgentSources));

    /// <summary>Protocol and agent: boards compile them into one assembly.</summary>
    public static IEnumerable<string> AgentSources => Checkout.Files
        .Where(file => file.StartsWith("shared/Protocol/", StringComparison.Ordinal) || file.StartsWith("firmware/Agent/", StringComparison.Ordinal))
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
        .Select(file => Path.Combine(Checkout.Root, file));

    /// <summary>What the compiler refuses, and its warnings, in sources given as text.</summary>
    public static string[] ErrorsIn(params string[] texts)
    {
        using MemoryStream image = new();
        return Errors(Compilation(texts.Select(text => Parse(text, ""))).Emit(image).Diagnostics);
    }

    /// <summary>Protocol and agent as a board's compiler sees them.</summary>
    public static ModuleDefinition AgentModule() => Open(Board.Value);

    /// <summary>The image of Protocol and agent.</summary>
    public static byte[] AgentImage() => Board.Value;

    /// <summary>The assembly made from source files.</summary>
    public static ModuleDefinition Module(params string[] files) => Open(Compile(files));

    /// <summary>The image of the assembly made from source files.</summary>
    public static byte[] Image(params string[] files) => Compile(files);

    private static byte[] Compile(IEnumerable<string> files)
    {
        using MemoryStream image = new();
        string[] errors = Errors(Compilation(files.Select(file => Parse(File.ReadAllText(file), file))).Emit(image).Diagnostics);
        Assert.True(errors.Length == 0, string.Join('\n', errors));
        return image.ToArray();
    }

    private static ModuleDefinition Open(byte[] image) => ModuleDefinition.ReadModule(new MemoryStream(image));

    private static CSharpCompilation Compilation(IEnumerable<SyntaxTree> sources) => CSharpCompilation.Create(
        "IotAttest.Agent",
        sources,
        Library.Value,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true));

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp9), path);

    private static string[] Errors(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString())];
}
